<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Notifications;

use CodeIgniter\Cache\CacheInterface;
use CodeIgniter\Database\BaseBuilder;
use CodeIgniter\Database\BaseConnection;
use Throwable;
use WsElements\CodeIgniter\Publishing\Rows;
use WsElements\CodeIgniter\WebSocket;
use WsElements\Publisher\Position;

/**
 * A user's notifications, for who may read them: nobody is asked here.
 *
 * The table is the truth. Marks that a user makes in the element go over the socket, so that PHP is not there; they are
 * publications on the user's channel and kept by the server. They are taken over from there before the table is
 * read. A request asks for them only where the channel has moved on since the last one.
 */
final class Inbox
{
    /**
     * s: as long as the server keeps publications by default.
     */
    private const REMEMBERED = 30 * 86400;

    /**
     * Pages of history that one request reads, of 100 publications each: what the server keeps by default.
     */
    private const MOST_PAGES = 10;

    /**
     * Ids in one statement.
     */
    private const CHUNK = 500;

    /**
     * @param BaseConnection<mixed, mixed> $db
     */
    public function __construct(
        private readonly BaseConnection $db,
        private readonly string $table,
        private readonly WebSocket $webSocket,
        private readonly CacheInterface $cache,
    ) {
    }

    /**
     * The newest first.
     *
     * @param int      $limit  1 to 100.
     * @param int|null $before An id, exclusive.
     *
     * @return array{list<StoredNotification>, bool} And whether there are older ones.
     */
    public function page(string $userId, int $limit, ?int $before = null, bool $onlyUnread = false): array
    {
        $builder = $this->theirs($userId)->orderBy('id', 'DESC')->limit($limit + 1);

        if ($before !== null) {
            $builder->where('id <', $before);
        }
        if ($onlyUnread) {
            $builder->where('read_at', null);
        }

        $rows          = Rows::of($builder);
        $notifications = array_filter(array_map(StoredNotification::of(...), array_slice($rows, 0, $limit)));

        return [array_values($notifications), count($rows) > $limit];
    }

    public function countUnread(string $userId): int
    {
        return (int) $this->theirs($userId)->where('read_at', null)->countAllResults();
    }

    /**
     * Takes over what the user did with them in the element, on this device or another. A server that does not answer
     * changes nothing: it is done with the next request.
     */
    public function takeOverMarks(string $userId): void
    {
        try {
            $channel = "user:{$userId}";
            $stands  = Position::parse($this->webSocket->position($channel));

            if ($stands === null) {
                return;
            }

            $key   = 'ws_elements_marks_' . substr(hash('sha256', "{$this->table} {$userId}"), 0, 32);
            $known = $this->cache->get($key);

            if ($known === (string) $stands) {
                return;
            }

            $seen   = is_string($known) ? Position::parse($known) : null;
            $missed = $this->publications($channel, $seen?->epoch === $stands->epoch ? $seen->offset : 0);

            if ($missed === null) {
                return;
            }
            $this->apply($userId, Marks::read($missed, $userId));
            $this->cache->save($key, (string) $stands, self::REMEMBERED);
        } catch (Throwable $e) {
            log_message('error', 'WebSocket: read marks could not be taken over: {reason}', ['reason' => $e->getMessage()]);
        }
    }

    /**
     * @param int $after An offset, exclusive.
     *
     * @return list<array<array-key, mixed>>|null The oldest first; null where the server did not answer.
     */
    private function publications(string $channel, int $after): ?array
    {
        $publications = [];
        $before       = null;

        for ($page = 0; $page < self::MOST_PAGES; $page++) {
            $history = $this->webSocket->publisher()->history($channel, 100, $before);

            if ($history->position === null) {
                return null;
            }
            $publications = [...$history->publications, ...$publications];
            $first        = $history->publications[0]['offset'] ?? null;

            if (! $history->more || ! is_int($first) || $first <= $after + 1) {
                break;
            }
            $before = $first;
        }

        return array_values(array_filter($publications, static fn (array $each): bool => is_int($each['offset'] ?? null) && $each['offset'] > $after));
    }

    private function apply(string $userId, Marks $marks): void
    {
        foreach (array_chunk($marks->read, self::CHUNK) as $ids) {
            // The time of the mark where there was one already: it is not read anew.
            $this->theirs($userId)->where('read_at', null)->whereIn('id', $ids)->update(['read_at' => date('Y-m-d H:i:s')]);
        }

        foreach (array_chunk($marks->unread, self::CHUNK) as $ids) {
            $this->theirs($userId)->whereIn('id', $ids)->update(['read_at' => null]);
        }
    }

    private function theirs(string $userId): BaseBuilder
    {
        return Owner::restrict($this->db->table($this->table), $userId);
    }
}
