<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Notifications;

use DateTimeImmutable;
use DateTimeInterface;
use DateTimeZone;
use Throwable;

/**
 * Reads the columns of a notification's row, which may come from elsewhere than from the model, which checks what it
 * stores.
 */
final class Column
{
    public static function text(mixed $value): string
    {
        return is_scalar($value) ? trim((string) $value) : '';
    }

    /**
     * Only what opens a page: `http:`, `https:` or a path; null where it is none of them. Browsers read past blanks and
     * control characters in front of and inside a scheme.
     */
    public static function link(mixed $value): ?string
    {
        $link = (string) preg_replace('/[\x00-\x20]+/', '', self::text($value));

        return $link !== '' && preg_match('~\A(?:https?://|(?![^/?#]*:))~i', $link) === 1 ? $link : null;
    }

    /**
     * The framework writes times in the application's own zone.
     */
    public static function time(mixed $value): ?DateTimeImmutable
    {
        if ($value instanceof DateTimeInterface) {
            return DateTimeImmutable::createFromInterface($value);
        }

        try {
            return is_string($value) && $value !== '' ? new DateTimeImmutable($value, new DateTimeZone(app_timezone())) : null;
        } catch (Throwable) {
            return null;
        }
    }
}
