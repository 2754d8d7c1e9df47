<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Authorizers;

/**
 * Channel patterns as servers read them: a name, or a prefix and `*`.
 */
final class Patterns
{
    /**
     * Whether one of the patterns covers a channel. A user's channel only one that itself begins with `user:`.
     *
     * @param iterable<string> $patterns
     */
    public static function cover(iterable $patterns, string $channel): bool
    {
        foreach ($patterns as $pattern) {
            if (str_starts_with($channel, 'user:') && ! str_starts_with($pattern, 'user:')) {
                continue;
            }
            if (str_ends_with($pattern, '*') ? str_starts_with($channel, substr($pattern, 0, -1)) : $pattern === $channel) {
                return true;
            }
        }

        return false;
    }
}
