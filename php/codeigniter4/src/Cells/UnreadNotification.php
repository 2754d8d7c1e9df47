<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Cells;

use DateTimeImmutable;
use WsElements\CodeIgniter\Notifications\Column;

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
        $priority = Column::text($row['priority'] ?? null);
        $message  = Column::text($row['message'] ?? null);
        $title    = Column::text($row['title'] ?? null);

        return new self(
            [
                'data-id'       => Column::text($row['id'] ?? null),
                'data-priority' => in_array($priority, ['low', 'high'], true) ? $priority : null,
            ],
            $title === '' ? $message : $title,
            $title === '' ? '' : $message,
            Column::link($row['link'] ?? null),
            Column::time($row['created_at'] ?? null),
        );
    }
}
