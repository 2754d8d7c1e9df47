<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor;

/**
 * Asks as a browser would, and follows nothing: a redirect is an answer, and often the fault.
 */
class Probe
{
    /**
     * Bytes of an answer that are read.
     */
    private const MAX_BODY = 1_048_576;

    /**
     * @param float $timeout s, to connect and again for each answer.
     */
    public function __construct(private readonly float $timeout = 3.0)
    {
    }

    /**
     * @param array<string, string> $headers
     *
     * @throws NoAnswer
     */
    public function get(string $url, array $headers = []): Answer
    {
        $stream = $this->send($url, ['Accept' => '*/*', ...$headers], '1.0');
        $text   = (string) stream_get_contents($stream, self::MAX_BODY);
        fclose($stream);
        $parts = preg_split('/\r?\n\r?\n/', $text, 2) ?: [''];

        return Answer::parse($parts[0], $parts[1] ?? '') ?? throw new NoAnswer($text === '' ? "no answer within {$this->timeout} s" : 'what answers speaks no HTTP');
    }

    /**
     * Opens a WebSocket, or is told why not.
     *
     * @param array<string, string> $headers
     *
     * @return array{Answer, Socket|null}
     *
     * @throws NoAnswer
     */
    public function upgrade(string $url, array $headers = []): array
    {
        $stream = $this->send($url, [
            'Connection'            => 'Upgrade',
            'Upgrade'               => 'websocket',
            'Sec-WebSocket-Version' => '13',
            'Sec-WebSocket-Key'     => base64_encode(random_bytes(16)),
            ...$headers,
        ], '1.1');
        $head = '';

        while (($line = fgets($stream)) !== false && rtrim($line, "\r\n") !== '') {
            $head .= $line;
        }
        $answer = Answer::parse(rtrim($head)) ?? throw new NoAnswer($head === '' ? "no answer within {$this->timeout} s" : 'what answers speaks no HTTP');

        return [$answer, $answer->status === 101 ? new Socket($stream) : null];
    }

    /**
     * @param array<string, string> $headers
     *
     * @return resource
     */
    private function send(string $url, array $headers, string $version)
    {
        $parts = parse_url($url);

        if (! is_array($parts) || ! isset($parts['scheme'], $parts['host']) || preg_match('/[\x00-\x20\x7F]/', $url) === 1) {
            throw new NoAnswer('the address can be none');
        }
        $isSecure = in_array(strtolower($parts['scheme']), ['https', 'wss'], true);
        $port     = $parts['port'] ?? ($isSecure ? 443 : 80);
        $target   = ($parts['path'] ?? '/') . (isset($parts['query']) ? "?{$parts['query']}" : '');
        $host     = $parts['host'] . ($port === ($isSecure ? 443 : 80) ? '' : ":{$port}");
        $reason   = '';
        $context  = stream_context_create(['ssl' => ['peer_name' => trim($parts['host'], '[]')]]);

        set_error_handler(static function (int $level, string $message) use (&$reason): bool {
            $reason = $reason === '' ? (string) preg_replace('/^.*?\(\): /s', '', $message) : $reason;

            return true;
        });

        try {
            $stream = stream_socket_client(($isSecure ? 'tls' : 'tcp') . "://{$parts['host']}:{$port}", $code, $message, $this->timeout, STREAM_CLIENT_CONNECT, $context);
        } finally {
            restore_error_handler();
        }
        if ($stream === false) {
            throw new NoAnswer(trim((string) preg_replace('/\s+/', ' ', (string) $message !== '' ? (string) $message : $reason)) ?: 'no connection');
        }
        stream_set_timeout($stream, (int) $this->timeout, (int) (fmod($this->timeout, 1) * 1_000_000));

        $lines = ["GET {$target} HTTP/{$version}", "Host: {$host}", 'User-Agent: ws-elements doctor'];

        foreach ($headers as $name => $value) {
            $lines[] = "{$name}: {$value}";
        }
        fwrite($stream, implode("\r\n", [...$lines, '', '']));

        return $stream;
    }
}
