<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\View;

/**
 * Where browsers find the server.
 */
final readonly class ServerAddress
{
    private const PORT = 8081;

    /**
     * @param string      $url    What `data-url` says: `ws://`, `wss://`, or a path of the page's own host.
     * @param string|null $origin Its scheme, host and port, as a Content-Security-Policy names them; null if it can be none.
     */
    private function __construct(public string $url, public ?string $origin)
    {
    }

    /**
     * @param string $setting Empty: the host of the pages, on the server's own port, or behind the path `/ws` where they are
     *                        `https:`, as a proxy does the encryption there.
     * @param string $baseUrl Of the pages. It is the configured one: the host that a request names is anybody's to choose,
     *                        and pages that are kept would send everyone's token there.
     */
    public static function of(string $setting, string $baseUrl): self
    {
        $setting = trim($setting);
        $page    = self::originOf($baseUrl) ?? 'ws://localhost';
        $host    = (string) preg_replace('/:\d+\z/', '', $page);
        $url     = match (true) {
            $setting !== ''                => $setting,
            str_starts_with($page, 'wss:') => "{$page}/ws",
            default                        => "{$host}:" . self::PORT,
        };

        return new self($url, str_starts_with($url, '/') && ! str_starts_with($url, '//') ? $page : self::originOf($url));
    }

    /**
     * Whatever stands in a user part or a query is nobody's business, and a `;` or `,` would end the directive.
     */
    private static function originOf(string $url): ?string
    {
        $pattern = '~\A(?:ws|http)(s?)://(?:[^/@?#]*@)?([A-Za-z0-9_.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(?=[/?#]|\z)~i';

        return preg_match($pattern, $url, $parts) === 1 ? 'ws' . strtolower($parts[1]) . "://{$parts[2]}" . ($parts[3] ?? '') : null;
    }
}
