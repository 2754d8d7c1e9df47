<?php

declare(strict_types=1);

namespace WsElements\Publisher\Http;

/**
 * By PHP's own streams, where there is no curl: HTTP/1.1 with a connection for each request.
 *
 * PHP's `http://` streams will not do: they know one timeout, for each read, and none for the whole.
 */
final class StreamTransport implements Transport
{
    private const CHUNK = 65_536;

    /**
     * @param float       $connectTimeout Seconds. Looking up a name is the system's and not bounded: give an address.
     * @param float       $timeout        Seconds, in all.
     * @param string|null $caFile         Certificates to trust (PEM) instead of the system's.
     */
    public function __construct(
        private readonly float $connectTimeout = self::CONNECT_TIMEOUT,
        private readonly float $timeout = self::TIMEOUT,
        private readonly ?string $caFile = null,
    ) {
    }

    public function send(Request $request): Response
    {
        $deadline = microtime(true) + $this->timeout;
        $warnings = [];
        set_error_handler(static function (int $level, string $message) use (&$warnings): bool {
            $warnings[] = $message;

            return true;
        });

        try {
            $stream = $this->connect($request->server, $warnings);

            try {
                stream_set_blocking($stream, false);
                stream_set_chunk_size($stream, self::CHUNK);
                $this->write($stream, $this->head($request) . $request->body, $deadline);

                return $this->read($stream, $deadline);
            } finally {
                fclose($stream);
            }
        } finally {
            restore_error_handler();
        }
    }

    /**
     * @param list<string> $warnings
     *
     * @return resource
     */
    private function connect(ServerUrl $server, array &$warnings)
    {
        $tls     = ['verify_peer' => true, 'verify_peer_name' => true, 'peer_name' => trim($server->host, '[]')];
        $context = stream_context_create([
            'ssl'    => $tls + ($this->caFile === null ? [] : ['cafile' => $this->caFile]),
            'socket' => ['tcp_nodelay' => true],
        ]);
        $stream = stream_socket_client(
            ($server->isSecure ? 'tls://' : 'tcp://') . "{$server->host}:{$server->port}",
            $code,
            $message,
            $this->connectTimeout,
            STREAM_CLIENT_CONNECT,
            $context,
        );
        if ($stream === false) {
            // The reason of a failed handshake is in the first warning only.
            $reason = in_array($message, [null, ''], true) ? (string) preg_replace('/^.*?\(\): /', '', $warnings[0] ?? '') : $message;

            throw new Unreachable(str_contains($reason, 'timed out') ? "no connection within {$this->connectTimeout} s" : lcfirst($reason));
        }

        return $stream;
    }

    private function head(Request $request): string
    {
        return implode("\r\n", [
            "{$request->method} {$request->server->path}{$request->target} HTTP/1.1",
            "Host: {$request->server->authority()}",
            ...$request->headerLines(),
            'Content-Length: ' . strlen($request->body),
            'Connection: close',
            '',
            '',
        ]);
    }

    /**
     * @param resource $stream
     */
    private function write($stream, string $text, float $deadline): void
    {
        $from   = 0;
        $length = strlen($text);

        while ($from < $length) {
            $written = fwrite($stream, substr($text, $from, self::CHUNK));
            if ($written === false) {
                // An answer may have come before all was sent: too large, say.
                return;
            }
            $from += $written;
            if ($written === 0) {
                $this->wait($stream, $deadline, false);
            }
        }
    }

    /**
     * @param resource $stream
     */
    private function read($stream, float $deadline): Response
    {
        $text = '';

        while (true) {
            $part = fread($stream, self::CHUNK);
            if ($part !== false && $part !== '') {
                $text .= $part;
                if (strlen($text) > self::MAX_ANSWER) {
                    throw new Unreachable('an answer of more than ' . self::MAX_ANSWER . ' bytes');
                }

                continue;
            }

            $isWhole = feof($stream);
            $answer  = HttpAnswer::parse($text, $isWhole);
            if ($answer !== null) {
                return $answer;
            }
            if ($isWhole) {
                throw new Unreachable($text === '' ? 'the connection was closed without an answer' : 'the answer was broken off, or is no HTTP');
            }
            $this->wait($stream, $deadline, true);
        }
    }

    /**
     * @param resource $stream
     */
    private function wait($stream, float $deadline, bool $toRead): void
    {
        $left   = $this->left($deadline);
        $read   = $toRead ? [$stream] : null;
        $write  = $toRead ? null : [$stream];
        $except = null;
        // False where a signal came in between: then it is asked again.
        if (stream_select($read, $write, $except, (int) $left, (int) (fmod($left, 1) * 1_000_000)) === 0) {
            $this->left(0);
        }
    }

    /**
     * Seconds.
     */
    private function left(float $deadline): float
    {
        $left = $deadline - microtime(true);

        return $left > 0 ? $left : throw new Unreachable("no answer within {$this->timeout} s");
    }
}
