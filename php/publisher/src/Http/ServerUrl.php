<?php

declare(strict_types=1);

namespace WsElements\Publisher\Http;

use InvalidArgumentException;
use Stringable;
use WsElements\Publisher\Excerpt;

/**
 * Address of a server's HTTP side: `http://127.0.0.1:8081`, or behind a proxy `https://shop.example/ws`.
 */
final readonly class ServerUrl implements Stringable
{
    private function __construct(
        public bool $isSecure,
        public string $host,
        public int $port,
        public string $path,
    ) {
    }

    /**
     * @throws InvalidArgumentException It is none. The message holds nothing that could be a secret.
     */
    public static function parse(string $url): self
    {
        // By hand: parse_url() changes control characters instead of refusing them.
        $isUrl = preg_match(
            '~\A(https?)://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?((?:/[A-Za-z0-9._\~%!$&\'()*+,;=:-]*)*)\z~i',
            $url,
            $parts,
        ) === 1;
        if (! $isUrl) {
            throw new InvalidArgumentException('url: expected such as http://127.0.0.1:8081, got ' . self::describe($url));
        }

        [, $scheme, $host, $port, $path] = $parts;
        $isSecure                        = strtolower($scheme) === 'https';
        $number                          = $port === '' ? ($isSecure ? 443 : 80) : (int) $port;
        if ($number < 1 || $number > 65_535) {
            throw new InvalidArgumentException("url: expected a port from 1 to 65535, got {$port}");
        }

        return new self($isSecure, strtolower($host), $number, rtrim($path, '/'));
    }

    /**
     * Whether it is this machine: no proxy stands in between.
     */
    public function isLoopback(): bool
    {
        return preg_match('/\A(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])\z/', $this->host) === 1;
    }

    /**
     * Host and port as the `Host` header has them.
     */
    public function authority(): string
    {
        return $this->port === ($this->isSecure ? 443 : 80) ? $this->host : "{$this->host}:{$this->port}";
    }

    public function __toString(): string
    {
        return ($this->isSecure ? 'https://' : 'http://') . $this->authority() . $this->path;
    }

    private static function describe(string $url): string
    {
        // What stands before an @ may be a password, and what stands in a query a key.
        return match (true) {
            str_contains($url, '@')              => 'one with a user or password in it: the API key is given by itself',
            preg_match('/[?#]/', $url) === 1     => 'one with a query',
            preg_match('~\Awss?:~i', $url) === 1 => 'that of the WebSocket: it begins with http:// or https:// here',
            default                              => Excerpt::of($url),
        };
    }
}
