<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Models;

use CodeIgniter\Database\BaseConnection;
use CodeIgniter\Database\Query;
use CodeIgniter\Events\Events;
use Config\Database;
use PHPUnit\Framework\Attributes\CoversClass;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Models\NotificationModel;
use WsElements\CodeIgniter\Publishing\NewKeys;
use WsElements\CodeIgniter\Tests\Support\NotificationsTestCase;
use WsElements\CodeIgniter\Tests\Support\TestDatabase;
use WsElements\Publisher\Publication;

/**
 * Two pages at the same moment, each with a connection of its own: SQLite in memory has but one.
 *
 * @internal
 */
#[CoversClass(NotificationModel::class)]
#[CoversClass(NewKeys::class)]
final class ConcurrencyTest extends NotificationsTestCase
{
    /**
     * @var BaseConnection<mixed, mixed>
     */
    private BaseConnection $others;

    private NotificationModel $other;

    protected function setUp(): void
    {
        if (TestDatabase::fromEnvironment()->isSqlite()) {
            $this->markTestSkipped(TestDatabase::VARIABLE . ' names no database with several connections');
        }
        parent::setUp();

        // PHP gives out one connection for each address of PostgreSQL: this one is written otherwise.
        $this->others = Database::connect([...config(Database::class)->tests, 'connect_timeout' => '10'], false);
        $this->other  = new NotificationModel($this->others);
    }

    protected function tearDown(): void
    {
        if (isset($this->others)) {
            Events::removeAllListeners('DBQuery');
            $this->others->close();
            parent::tearDown();
        }
    }

    public function testKeepsTheTimeOfTheFirstOfTwoMarks(): void
    {
        $id = $this->notifications()->send(42, 'Hers');
        $this->between('SELECT', function () use ($id): void {
            $this->others->table('notifications')->where('id', $id)->update(['read_at' => '2026-03-04 10:30:00']);
        });

        $this->notifications()->markRead(42);

        $this->seeInDatabase('notifications', ['id' => $id, 'read_at' => '2026-03-04 10:30:00']);
    }

    public function testPushesEachOfTwoTransactionsThatEndTheOtherWayRound(): void
    {
        $this->db->transBegin();
        $this->notifications()->send(42, 'Begun first');
        $this->others->transBegin();
        $this->other->send(42, 'Begun last');
        $this->others->transCommit();
        Services::websocket()->publishCommitted();
        $this->assertSame(['Begun last'], $this->pushedTitles());

        $this->db->transCommit();
        Services::websocket()->publishCommitted();

        $this->assertSame(['Begun last', 'Begun first'], $this->pushedTitles());
    }

    public function testMissesNothingOfTwoBatchesAtOnce(): void
    {
        $rows = static fn (string $of): array => array_map(static fn (int $n): array => ['user_id' => '42', 'title' => "{$of} {$n}"], range(1, 150));
        $this->between('INSERT', function () use ($rows): void {
            $this->other->insertBatch($rows('other'));
        });

        $this->notifications()->insertBatch($rows('one'));

        $expected = array_column([...$rows('one'), ...$rows('other')], 'title');
        $pushed   = array_values(array_unique($this->pushedTitles()));
        sort($expected);
        sort($pushed);
        $this->assertSame($expected, $pushed);
    }

    public function testCountsWhatItMarksItself(): void
    {
        $this->notifications()->insertBatch([['user_id' => '42', 'title' => 'one'], ['user_id' => '42', 'title' => 'two']]);
        $this->others->transBegin();
        $this->other->markRead(42, [1]);
        // Not committed: it may yet be rolled back.
        $this->assertSame(2, $this->notifications()->inbox()->countUnread('42'));
        $this->others->transCommit();

        $this->assertSame(1, $this->notifications()->markRead(42));
        $this->assertSame(0, $this->notifications()->inbox()->countUnread('42'));
    }

    /**
     * Behind the first query that begins so, as somebody else's page may.
     *
     * @param callable(): void $act
     */
    private function between(string $begins, callable $act): void
    {
        Events::on('DBQuery', static function (mixed $query) use ($begins, &$act): void {
            if ($act !== null && $query instanceof Query && str_starts_with($query->getQuery(), $begins)) {
                [$now, $act] = [$act, null];
                $now();
            }
        });
    }

    /**
     * @return list<string>
     */
    private function pushedTitles(): array
    {
        return array_map(static fn (Publication $each): string => is_string($each->data['title']) ? $each->data['title'] : '', $this->server->published('notification'));
    }
}
