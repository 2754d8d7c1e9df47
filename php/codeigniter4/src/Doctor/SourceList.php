<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor;

/**
 * Whether a Content-Security-Policy, as it came with a page, lets it connect (CSP 3 §6.7.2).
 */
final class SourceList
{
    /**
     * @param list<string> $policies Values of the header, each with policies between commas. All of them hold.
     * @param string       $target   Origin of the socket: `wss://shop.example`.
     * @param string       $page     The page's: `https://shop.example`.
     *
     * @return string|null The directive that forbids it; null if none does.
     */
    public static function forbidsConnect(array $policies, string $target, string $page): ?string
    {
        foreach (explode(',', implode(',', $policies)) as $policy) {
            $directives = [];

            foreach (explode(';', $policy) as $directive) {
                $words = preg_split('/\s+/', trim($directive), -1, PREG_SPLIT_NO_EMPTY) ?: [];
                $name  = strtolower((string) array_shift($words));

                // Of two the first counts.
                $directives[$name] ??= $words;
            }

            foreach (['connect-src', 'default-src'] as $name) {
                if (isset($directives[$name])) {
                    if (! self::matches($directives[$name], $target, $page)) {
                        return trim("{$name} " . implode(' ', $directives[$name]));
                    }

                    break;
                }
            }
        }

        return null;
    }

    /**
     * @param list<string> $sources
     */
    private static function matches(array $sources, string $target, string $page): bool
    {
        foreach ($sources as $source) {
            $source = strtolower($source);

            if ($source === '*' || $source === (string) parse_url($target, PHP_URL_SCHEME) . ':') {
                return true;
            }
            // A page's own host and port count for the socket too.
            if (self::covers($source === "'self'" ? $page : $source, $target)) {
                return true;
            }
        }

        return false;
    }

    private static function covers(string $source, string $target): bool
    {
        if (preg_match('~\A(?:([a-z][a-z0-9+.-]*)://)?(\*\.)?(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d+|\*))?(?:/.*)?\z~', $source, $parts) !== 1) {
            return false;
        }
        [, $scheme, $wildcard, $host] = $parts;
        $goal                         = parse_url($target);

        if (! is_array($goal) || ! isset($goal['scheme'], $goal['host'])) {
            return false;
        }
        // http lets ws and all that is safer; wss and https only the safe one.
        $schemes = match ($scheme) {
            '' => ['ws', 'wss'],
            'http', 'ws' => ['ws', 'wss'],
            'https', 'wss' => ['wss'],
            default => [],
        };
        $own      = ['ws' => 80, 'wss' => 443];
        $port     = $goal['port'] ?? $own[$goal['scheme']] ?? 0;
        $expected = $parts[4] ?? '';
        $isPort   = match ($expected) {
            '*'     => true,
            ''      => in_array($port, [80, 443], true),
            default => (int) $expected === $port,
        };
        $isHost = $wildcard === '' ? $goal['host'] === $host : str_ends_with($goal['host'], ".{$host}");

        return in_array($goal['scheme'], $schemes, true) && $isPort && $isHost;
    }
}
