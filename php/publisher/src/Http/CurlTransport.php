<?php

declare(strict_types=1);

namespace WsElements\Publisher\Http;

use CurlHandle;

/**
 * By curl, which keeps the connection for the next request of the same process.
 */
final class CurlTransport implements Transport
{
    /**
     * Seconds after which an idle connection is not used again: below Node's 5, which would close it under a request.
     */
    private const MAX_IDLE = 3;

    private ?CurlHandle $handle = null;
    private int $process        = 0;

    /**
     * @param float       $connectTimeout Seconds.
     * @param float       $timeout        Seconds, in all.
     * @param string|null $caFile         Certificates to trust (PEM) instead of the system's.
     */
    public function __construct(
        private readonly float $connectTimeout = self::CONNECT_TIMEOUT,
        private readonly float $timeout = self::TIMEOUT,
        private readonly ?string $caFile = null,
    ) {
    }

    public static function isAvailable(): bool
    {
        return extension_loaded('curl');
    }

    public function send(Request $request): Response
    {
        $body   = '';
        $handle = $this->handle();
        curl_setopt_array($handle, $this->options($request) + [
            CURLOPT_WRITEFUNCTION => static function (CurlHandle $handle, string $part) use (&$body): int {
                $body .= $part;

                return strlen($body) > self::MAX_ANSWER ? -1 : strlen($part);
            },
        ]);
        $isAnswered = curl_exec($handle) !== false;
        if (! $isAnswered) {
            $message = $this->explain($handle);
            // With whatever is left of the connection.
            $this->handle = null;

            throw new Unreachable($message);
        }

        return new Response((int) curl_getinfo($handle, CURLINFO_RESPONSE_CODE), $body);
    }

    /**
     * @return array<int, mixed>
     */
    private function options(Request $request): array
    {
        $options = [
            CURLOPT_URL           => $request->url(),
            CURLOPT_CUSTOMREQUEST => $request->method,
            // Without `Expect`, which would cost a large body a round trip.
            CURLOPT_HTTPHEADER        => [...$request->headerLines(), 'Expect:'],
            CURLOPT_HTTP_VERSION      => CURL_HTTP_VERSION_1_1,
            CURLOPT_CONNECTTIMEOUT_MS => (int) ($this->connectTimeout * 1000),
            CURLOPT_TIMEOUT_MS        => (int) ($this->timeout * 1000),
            CURLOPT_NOSIGNAL          => true,
            CURLOPT_TCP_NODELAY       => true,
            CURLOPT_FOLLOWLOCATION    => false,
            CURLOPT_PROTOCOLS         => CURLPROTO_HTTP | CURLPROTO_HTTPS,
            CURLOPT_SSL_VERIFYPEER    => true,
            CURLOPT_SSL_VERIFYHOST    => 2,
            CURLOPT_MAXAGE_CONN       => self::MAX_IDLE,
        ];
        if ($request->body !== '') {
            $options[CURLOPT_POSTFIELDS] = $request->body;
        }
        if ($request->server->isLoopback()) {
            $options[CURLOPT_PROXY] = '';
        }
        if ($this->caFile !== null) {
            $options[CURLOPT_CAINFO] = $this->caFile;
        }

        return $options;
    }

    /**
     * A process that was forked must not write into its parent's connection.
     */
    private function handle(): CurlHandle
    {
        $process = (int) getmypid();
        if ($this->handle === null || $this->process !== $process) {
            $this->handle  = curl_init();
            $this->process = $process;
        } else {
            curl_reset($this->handle);
        }

        return $this->handle;
    }

    private function explain(CurlHandle $handle): string
    {
        $isConnected = curl_getinfo($handle, CURLINFO_PRETRANSFER_TIME_T) > 0;

        return match (true) {
            curl_errno($handle) === CURLE_OPERATION_TIMEDOUT && ! $isConnected => "no connection within {$this->connectTimeout} s",
            curl_errno($handle) === CURLE_OPERATION_TIMEDOUT                   => "no answer within {$this->timeout} s",
            curl_errno($handle) === CURLE_WRITE_ERROR                          => 'an answer of more than ' . self::MAX_ANSWER . ' bytes',
            default                                                            => lcfirst(curl_error($handle)),
        };
    }
}
