<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Server;

/**
 * What the server gets of this process's environment: everything but what the application's `.env` put there, such as
 * the password of its database, which is no business of the server's.
 */
final class ServerEnvironment
{
    /**
     * @param array<string, string> $own      This process's.
     * @param list<string>          $private  Names that `.env` sets.
     * @param array<string, string> $settings The server's, as the application has them. What the environment says itself
     *                                        goes before, as a server's own options do.
     * @param array<string, string> $forced   These go before everything.
     *
     * @return array<string, string>
     */
    public static function of(array $own, array $private, array $settings, array $forced): array
    {
        $kept = array_filter(
            $own,
            // A name with a dot is none that a shell could set.
            static fn (string $name): bool => ! str_contains($name, '.') && (str_starts_with($name, 'WS_') || ! in_array($name, $private, true)),
            ARRAY_FILTER_USE_KEY,
        );

        return [...$settings, ...$kept, ...$forced];
    }
}
