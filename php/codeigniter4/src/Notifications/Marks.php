<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Notifications;

/**
 * What a user did with notifications, as it stands after all of their marks. Pure.
 */
final readonly class Marks
{
    /**
     * @param list<int> $read
     * @param list<int> $unread
     */
    private function __construct(public array $read, public array $unread)
    {
    }

    /**
     * The last mark of each counts. What is dismissed has been seen.
     *
     * @param list<array<array-key, mixed>> $publications Of the user's channel, the oldest first.
     */
    public static function read(array $publications, string $userId): self
    {
        $states = [];

        foreach ($publications as $each) {
            // Others may have been granted to write there, and not to read for somebody.
            $isTheirs = ($each['userId'] ?? null) === $userId || ($each['clientId'] ?? null) === 'server';

            if (($each['type'] ?? null) !== 'notification_mark' || ! $isTheirs || ! is_array($each['ids'] ?? null)) {
                continue;
            }

            foreach ($each['ids'] as $id) {
                // Others are of notifications that were pushed only, and have no row.
                if (is_string($id) && preg_match('/\A[1-9]\d{0,17}\z/', $id) === 1) {
                    $states[(int) $id] = ($each['read'] ?? null) === true || ($each['dismissed'] ?? null) === true;
                }
            }
        }

        return new self(array_keys($states, true, true), array_keys($states, false, true));
    }
}
