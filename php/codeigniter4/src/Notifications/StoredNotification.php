<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Notifications;

use DateTimeImmutable;
use DateTimeZone;
use WsElements\Publisher\Message;

/**
 * A notification as its row has it. Nothing in it is escaped.
 */
final readonly class StoredNotification
{
    private function __construct(
        public string $id,
        public string $userId,
        public string $title,
        public string $message,
        public string $priority,
        public ?string $link,
        public ?DateTimeImmutable $createdAt,
        public ?DateTimeImmutable $readAt,
    ) {
    }

    /**
     * Null: a row without an id or a user.
     *
     * @param array<array-key, mixed> $row
     */
    public static function of(array $row): ?self
    {
        $id       = Column::text($row['id'] ?? null);
        $userId   = Column::text($row['user_id'] ?? null);
        $priority = Column::text($row['priority'] ?? null);

        return $id === '' || $userId === '' ? null : new self(
            $id,
            $userId,
            Column::text($row['title'] ?? null),
            Column::text($row['message'] ?? null),
            in_array($priority, Message::PRIORITIES, true) ? $priority : 'normal',
            Column::link($row['link'] ?? null),
            Column::time($row['created_at'] ?? null),
            Column::time($row['read_at'] ?? null),
        );
    }

    /**
     * As the endpoint answers it: the names of the protocol.
     *
     * @return array<string, bool|string|null>
     */
    public function toArray(): array
    {
        return [
            'id'        => $this->id,
            'title'     => $this->title,
            'message'   => $this->message,
            'priority'  => $this->priority,
            'link'      => $this->link,
            'timestamp' => self::iso($this->createdAt),
            'read'      => $this->readAt !== null,
            'readAt'    => self::iso($this->readAt),
        ];
    }

    private static function iso(?DateTimeImmutable $time): ?string
    {
        return $time?->setTimezone(new DateTimeZone('UTC'))->format('Y-m-d\TH:i:s.v\Z');
    }
}
