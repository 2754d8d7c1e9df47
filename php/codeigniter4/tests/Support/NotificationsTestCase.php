<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support;

use CodeIgniter\Test\DatabaseTestTrait;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Models\NotificationModel;
use WsElements\Publisher\Publication;

/**
 * With the table, as the migration makes it.
 *
 * @internal
 */
abstract class NotificationsTestCase extends TestCase
{
    use DatabaseTestTrait;

    /**
     * @var list<string>|string|null
     */
    protected $namespace = 'WsElements\CodeIgniter';

    protected function tearDown(): void
    {
        // Others make the table for themselves.
        $this->regressDatabase();

        parent::tearDown();
    }

    protected function notifications(): NotificationModel
    {
        return Services::websocket()->notifications();
    }

    protected function isRead(int|string|null $id): bool
    {
        $row = db_connect()->table('notifications')->where('id', $id)->get();

        return $row !== false && ((array) $row->getRowArray())['read_at'] !== null;
    }

    /**
     * As one line each: `user 42: notification {"title":…}`.
     *
     * @return list<string>
     */
    protected function pushed(): array
    {
        return array_map(static function (Publication $each): string {
            $fields = array_diff_key($each->data, ['type' => 0, 'timestamp' => 0]);

            return "{$each->recipient}: {$each->type} " . json_encode($fields, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES);
        }, $this->server->published());
    }
}
