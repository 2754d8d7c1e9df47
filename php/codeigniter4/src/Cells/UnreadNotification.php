<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Cells;

use DateTimeImmutable;
use DateTimeInterface;
use DateTimeZone;
use Throwable;

/**
 * A notification, as a view renders it and `<ws-notifications>` takes it over. Nothing in it is escaped.
 */
final readonly class UnreadNotification
{
    /**
     * @param array<string, string|null> $attributes Of its row.
     * @param string|null                $link       `http:`, `https:` or a path; null where there is none that is safe.
     */
    private function __construct(
        public array $attributes,
        public string $title,
        public string $message,
        public ?string $link,
        public ?DateTimeImmutable $time,
    ) {
    }

    /**
     * @param array<array-key, mixed> $row Of the table.
     */
    public static function of(array $row): self
    {
        $priority = self::text($row['priority'] ?? null);
        $message  = self::text($row['message'] ?? null);
        $title    = self::text($row['title'] ?? null);

        return new self(
            [
                'data-id'       => self::text($row['id'] ?? null),
                'data-priority' => in_array($priority, ['low', 'high'], true) ? $priority : null,
            ],
            $title === '' ? $message : $title,
            $title === '' ? '' : $message,
            self::link(self::text($row['link'] ?? null)),
            self::time($row['created_at'] ?? null),
        );
    }

    private static function text(mixed $value): string
    {
        return is_scalar($value) ? trim((string) $value) : '';
    }

    /**
     * Only what opens a page. Browsers read past blanks and control characters in front of and inside a scheme.
     */
    private static function link(string $link): ?string
    {
        $bare = (string) preg_replace('/[\x00-\x20]+/', '', $link);

        return $bare !== '' && preg_match('~\A(?:https?://|(?![a-z][a-z0-9+.-]*:))~i', $bare) === 1 ? $bare : null;
    }

    /**
     * The framework writes times in the application's own zone.
     */
    private static function time(mixed $value): ?DateTimeImmutable
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
