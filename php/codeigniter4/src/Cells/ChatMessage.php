<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Cells;

use DateTimeImmutable;
use DateTimeZone;
use Throwable;
use WsElements\CodeIgniter\View\Words;

/**
 * A chat message, as a view renders it and `<ws-chat>` takes it over. Nothing in it is escaped.
 */
final readonly class ChatMessage
{
    /**
     * @param string                         $id         The same one never comes twice.
     * @param array<string, int|string|null> $attributes Of its row.
     * @param string                         $author     What is shown of who wrote it.
     */
    private function __construct(
        public string $id,
        public array $attributes,
        public string $author,
        public string $text,
        public ?DateTimeImmutable $time,
    ) {
    }

    /**
     * Reads what was published; null if it is no chat message.
     *
     * @param array<array-key, mixed> $publication
     */
    public static function of(array $publication, string $epoch): ?self
    {
        $text = $publication['message'] ?? null;

        if (($publication['type'] ?? null) !== 'message' || ! is_string($text)) {
            return null;
        }

        $offset   = is_int($publication['offset'] ?? null) ? $publication['offset'] : null;
        $userId   = self::text($publication['userId'] ?? null);
        $clientId = self::text($publication['clientId'] ?? null);
        $name     = self::text($publication['name'] ?? null);
        // Plain clients and back ends give none. No id of a sender has a colon.
        $id = self::text($publication['id'] ?? null) ?? "{$epoch}:{$offset}";

        return new self(
            $id,
            [
                'data-id'        => $id,
                'data-offset'    => $offset,
                'data-user-id'   => $userId,
                'data-client-id' => $clientId,
                // The element has words of its own for who has no name.
                'data-name' => $name ?? '',
            ],
            $name ?? $userId ?? ($clientId === 'server' ? Words::of('server') : Words::of('guest', substr((string) $clientId, -4))),
            $text,
            self::time($publication['timestamp'] ?? null),
        );
    }

    private static function text(mixed $value): ?string
    {
        return is_int($value) || (is_string($value) && $value !== '') ? (string) $value : null;
    }

    private static function time(mixed $value): ?DateTimeImmutable
    {
        try {
            return is_string($value) && $value !== '' ? new DateTimeImmutable($value, new DateTimeZone('UTC')) : null;
        } catch (Throwable) {
            return null;
        }
    }
}
