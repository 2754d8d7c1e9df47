<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Notifications;

use DateTimeImmutable;
use DateTimeInterface;
use DateTimeZone;
use Throwable;
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
        $id       = self::text($row['id'] ?? null);
        $userId   = self::text($row['user_id'] ?? null);
        $priority = self::text($row['priority'] ?? null);
        $link     = self::text($row['link'] ?? null);

        return $id === '' || $userId === '' ? null : new self(
            $id,
            $userId,
            self::text($row['title'] ?? null),
            self::text($row['message'] ?? null),
            in_array($priority, Message::PRIORITIES, true) ? $priority : 'normal',
            self::opensAPage($link) ? $link : null,
            self::time($row['created_at'] ?? null),
            self::time($row['read_at'] ?? null),
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

    private static function text(mixed $value): string
    {
        return is_scalar($value) ? (string) $value : '';
    }

    /**
     * Rows may come from elsewhere than from the model, which checks what it stores.
     */
    private static function opensAPage(string $link): bool
    {
        $bare = (string) preg_replace('/[\x00-\x20]+/', '', $link);

        return $bare !== '' && preg_match('~\A(?:https?://|(?![^/?#]*:))~i', $bare) === 1;
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

    private static function iso(?DateTimeImmutable $time): ?string
    {
        return $time?->setTimezone(new DateTimeZone('UTC'))->format('Y-m-d\TH:i:s.v\Z');
    }
}
