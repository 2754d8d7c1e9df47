<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Models;

use CodeIgniter\Config\Services as FrameworkServices;
use CodeIgniter\Database\BaseBuilder;
use CodeIgniter\Model;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Notifications\Inbox;
use WsElements\CodeIgniter\Notifications\Owner;
use WsElements\CodeIgniter\Notifications\StoredNotification;
use WsElements\CodeIgniter\Publishing\AfterCommit;
use WsElements\CodeIgniter\Publishing\NewKeys;
use WsElements\CodeIgniter\Publishing\Rows;
use WsElements\Publisher\Publisher;

/**
 * Notifications that stay until they are read. What is inserted is pushed to the user's pages too, once it is sure to stay:
 * see {@see AfterCommit}.
 *
 * ```php
 * service('websocket')->notifications()->send($userId, 'New order', 'Order #12345', ['link' => '/orders/12345']);
 * $notificationModel->insert(['user_id' => $userId, 'title' => 'New order', 'message' => 'Order #12345']);
 * ```
 *
 * Marks go to the user's other pages and devices; those that are made there come back by
 * {@see \WsElements\CodeIgniter\Notifications\Inbox}.
 */
class NotificationModel extends Model
{
    /**
     * Ids in one mark, as the protocol has it.
     */
    private const MOST_IDS = 1000;

    private const LINK = 'regex_match[/\A(?:https?:\/\/[^\x00-\x20]+|[^\x00-\x20:?#\/]*(?:[\/?#][^\x00-\x20]*)?)\z/i]';

    /**
     * Empty: that of the settings, `websocket.notificationsTable`.
     */
    protected $table = '';

    protected $returnType    = 'array';
    protected $allowedFields = ['user_id', 'title', 'message', 'priority', 'link', 'created_at', 'read_at'];
    protected $useTimestamps = true;
    protected $updatedField  = '';

    // A link is one that opens a page: http:, https: or a path.
    protected $validationRules = [
        'user_id'  => ['rules' => ['is there' => 'required', 'is an id' => 'regex_match[/\A[A-Za-z0-9_.:@\/-]{1,123}\z/]']],
        'title'    => 'required|string|max_length[255]',
        'message'  => 'permit_empty|string|max_length[10000]',
        'priority' => 'permit_empty|in_list[low,normal,high]',
        'link'     => ['rules' => ['may be none' => 'permit_empty', 'is short' => 'max_length[2048]', 'opens a page' => self::LINK]],
    ];

    /**
     * Stores a notification, and pushes it under its id.
     *
     * @param array<string, bool|float|int|object|string|null> $options `priority` (low, normal, high), `link` (http:, https: or a path), and further
     *                                                                  columns that an application's own model allows.
     *
     * @return int|string|null Its id; null where it is not stored: `errors()` says why.
     */
    public function send(int|string $userId, string $title, string $message = '', array $options = []): int|string|null
    {
        $id = $this->insert(['user_id' => (string) $userId, 'title' => $title, 'message' => $message, ...$options]);

        return is_int($id) || (is_string($id) && $id !== '') ? $id : null;
    }

    /**
     * Marks a user's notifications as read, or all of them, and tells the user's pages and devices.
     *
     * @param list<int|string>|null $ids Others' are left alone. Null: all.
     *
     * @return int How many there were to mark.
     */
    public function markRead(int|string $userId, ?array $ids = null): int
    {
        $marked = [];

        foreach ($ids === null ? [null] : array_chunk($ids, self::MOST_IDS) as $some) {
            $builder = $this->theirs($userId)->where('read_at', null);

            if ($some !== null) {
                $builder->whereIn('id', $some);
            }
            array_push($marked, ...Rows::keys($builder, 'id'));
        }

        foreach (array_chunk($marked, self::MOST_IDS) as $some) {
            // The time of the first mark, where another page was faster.
            $this->theirs($userId)->where('read_at', null)->whereIn('id', $some)->update(['read_at' => $this->setDate()]);
        }

        if ($marked !== []) {
            Services::websocketaftercommit()->run($this->db, fn (Publisher $batch) => $this->pushMarks($batch, (string) $userId, $marked));
        }

        return count($marked);
    }

    /**
     * A user's, with what the user did with them elsewhere.
     */
    public function inbox(): Inbox
    {
        return new Inbox($this->db, $this->table, Services::websocket(), FrameworkServices::cache());
    }

    protected function initialize(): void
    {
        $this->table = $this->table === '' ? Services::websocketconfig()->notificationsTable : $this->table;
    }

    /**
     * Ids of users are numbers in most applications. The framework's strict rules know no number that looks like a text.
     *
     * @param array<int|string, bool|float|int|object|string|null>|object|null $row
     *
     * @return array<int|string, mixed>
     */
    protected function transformDataToArray($row, string $type): array
    {
        $columns = parent::transformDataToArray($row, $type);

        return array_map(static fn (mixed $value): mixed => is_int($value) || is_float($value) ? (string) $value : $value, $columns);
    }

    protected function doInsert(array $row)
    {
        $result = parent::doInsert($row);

        if ($result === true) {
            $this->pushWhenStored([$this->insertID]);
        }

        return $result;
    }

    /**
     * @param list<array<int|string, bool|float|int|object|string|null>|object>|null $set
     */
    protected function doInsertBatch(?array $set = null, ?bool $escape = null, int $batchSize = 100, bool $testing = false)
    {
        if ($testing) {
            return parent::doInsertBatch($set, $escape, $batchSize, $testing);
        }

        [$result, $ids] = NewKeys::of($this->db, $this->table, 'id', fn () => parent::doInsertBatch($set, $escape, $batchSize));
        $this->pushWhenStored($ids);

        return $result;
    }

    private function theirs(int|string $userId): BaseBuilder
    {
        return Owner::restrict($this->db->table($this->table), (string) $userId);
    }

    /**
     * @param list<mixed> $ids
     */
    private function pushWhenStored(array $ids): void
    {
        $ids = array_values(array_filter($ids, static fn (mixed $id): bool => is_int($id) || (is_string($id) && $id !== '')));

        if ($ids !== []) {
            Services::websocketaftercommit()->run($this->db, fn (Publisher $batch) => $this->push($batch, $ids));
        }
    }

    /**
     * @param list<int|string> $ids
     */
    private function push(Publisher $batch, array $ids): void
    {
        foreach (array_chunk($ids, self::MOST_IDS) as $some) {
            foreach (Rows::of($this->db->table($this->table)->whereIn('id', $some)->orderBy('id')) as $row) {
                $notification = StoredNotification::of($row);

                // What was imported as read is no news.
                if ($notification !== null && $notification->readAt === null) {
                    $batch->user($notification->userId)->notify($notification->title, $notification->message, [
                        'id'        => $notification->id,
                        'priority'  => $notification->priority,
                        'link'      => $notification->link,
                        'timestamp' => $notification->createdAt,
                    ]);
                }
            }
        }
    }

    /**
     * @param non-empty-list<int|string> $ids
     */
    private function pushMarks(Publisher $batch, string $userId, array $ids): void
    {
        foreach (array_chunk($ids, self::MOST_IDS) as $some) {
            $read = Rows::keys($this->db->table($this->table)->whereIn('id', $some)->where('read_at IS NOT NULL'), 'id');

            if ($read !== []) {
                $batch->user($userId)->send('notification_mark', ['ids' => array_map(strval(...), $read), 'read' => true]);
            }
        }
    }
}
