<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor;

use WsElements\CodeIgniter\Config\WebSocket as WebSocketConfig;
use WsElements\CodeIgniter\View\ServerAddress;

/**
 * The application that is looked at.
 */
final readonly class Subject
{
    public ServerAddress $address;

    /**
     * Of the pages: `https://shop.example`, as browsers send it.
     */
    public string $pageOrigin;

    /**
     * @param string       $baseUrl Of the pages.
     * @param list<string> $hosts   Further host names of the pages (`App::$allowedHostnames`).
     * @param string       $root    The application's folder.
     * @param string       $public  Its `public/`.
     */
    public function __construct(
        public WebSocketConfig $config,
        public string $baseUrl,
        public array $hosts,
        public string $root,
        public string $public,
        public Probe $probe = new Probe(),
    ) {
        $this->address    = ServerAddress::of($config->url, $baseUrl);
        $this->pageOrigin = self::origin($baseUrl);
    }

    /**
     * Where a browser connects, also where the setting is a path.
     */
    public function socketUrl(): string
    {
        $url = $this->address->url;

        return str_starts_with($url, '/') ? $this->address->origin . $url : $url;
    }

    /**
     * Scheme, host and port, this one only where it is not the scheme's own.
     */
    public static function origin(string $url): string
    {
        $parts = parse_url($url);

        if (! is_array($parts) || ! isset($parts['scheme'], $parts['host'])) {
            return '';
        }
        $scheme = strtolower($parts['scheme']);
        $own    = in_array($scheme, ['https', 'wss'], true) ? 443 : 80;
        $port   = $parts['port'] ?? $own;

        return "{$scheme}://" . strtolower($parts['host']) . ($port === $own ? '' : ":{$port}");
    }

    public static function host(string $url): string
    {
        $host = parse_url($url, PHP_URL_HOST);

        return is_string($host) ? strtolower($host) : '';
    }
}
