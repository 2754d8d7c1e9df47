<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Support;

use RuntimeException;

/**
 * As much of a browser as keeps cookies, and goes nowhere by itself.
 */
final class Browser
{
    /**
     * s
     */
    private const TIMEOUT = 30;

    /**
     * @var array<string, string>
     */
    private array $cookies = [];

    public function __construct(private readonly string $url)
    {
    }

    /**
     * @param list<string> $headers
     *
     * @return array{status: int, head: string, body: string}
     */
    public function get(string $path, array $headers = [], string $method = 'GET'): array
    {
        $cookies = [];

        foreach ($this->cookies as $name => $value) {
            $cookies[] = "{$name}={$value}";
        }
        $stream = fopen($this->url . $path, 'rb', false, stream_context_create(['http' => [
            'method'          => $method,
            'header'          => [...($cookies === [] ? [] : ['Cookie: ' . implode('; ', $cookies)]), ...$headers, ...($method === 'POST' ? ['Content-Type: application/x-www-form-urlencoded'] : [])],
            'ignore_errors'   => true,
            'follow_location' => 0,
            'timeout'         => self::TIMEOUT,
        ]]));
        if ($stream === false) {
            throw new RuntimeException("{$this->url}{$path} did not answer");
        }
        $lines = stream_get_meta_data($stream)['wrapper_data'] ?? [];
        $head  = implode("\n", array_filter(is_array($lines) ? $lines : [], is_string(...)));
        preg_match_all('/^Set-Cookie: ([^=]+)=([^;\n]*)/mi', $head, $set, PREG_SET_ORDER);

        foreach ($set as [, $name, $value]) {
            $this->cookies[$name] = $value;
        }

        return [
            'status' => (int) (explode(' ', $head)[1] ?? 0),
            'head'   => $head,
            'body'   => (string) stream_get_contents($stream),
        ];
    }

    /**
     * @param list<string> $headers
     *
     * @return array{status: int, head: string, body: string}
     */
    public function post(string $path, array $headers = []): array
    {
        return $this->get($path, $headers, 'POST');
    }

    public function cookie(string $name): string
    {
        return rawurldecode($this->cookies[$name] ?? '');
    }

    /**
     * For a server that takes no port of the system's choice.
     */
    public static function freePort(): int
    {
        $server = stream_socket_server('tcp://127.0.0.1:0');
        $name   = $server === false ? '' : (string) stream_socket_get_name($server, false);

        return (int) substr((string) strrchr($name, ':'), 1);
    }
}
