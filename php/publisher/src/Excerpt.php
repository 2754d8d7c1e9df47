<?php

declare(strict_types=1);

namespace WsElements\Publisher;

/**
 * A value as messages to developers show it: short, on one line, whatever is in it.
 *
 * @internal
 */
final class Excerpt
{
    private const LENGTH = 60;

    public static function of(mixed $value): string
    {
        return match (true) {
            is_string($value) => self::quote($value),
            is_int($value)    => (string) $value,
            is_bool($value)   => var_export($value, true),
            $value === null   => 'nothing',
            default           => get_debug_type($value),
        };
    }

    /**
     * Without control characters and line breaks, cut to $length characters.
     */
    public static function line(string $text, int $length = 300): string
    {
        $text = mb_scrub($text, 'UTF-8');
        $text = (string) preg_replace('/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/u', ' ', $text);

        return mb_strlen($text, 'UTF-8') > $length ? mb_substr($text, 0, $length - 1, 'UTF-8') . '…' : $text;
    }

    private static function quote(string $text): string
    {
        return $text === '' ? 'an empty text' : '"' . self::line($text, self::LENGTH) . '"';
    }
}
