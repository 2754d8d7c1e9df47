<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Models;

use Config\App;
use PHPUnit\Framework\Attributes\CoversClass;
use PHPUnit\Framework\Attributes\DataProvider;
use RuntimeException;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Models\NotificationModel;
use WsElements\CodeIgniter\Publishing\AfterCommit;
use WsElements\CodeIgniter\Publishing\NewKeys;
use WsElements\CodeIgniter\Tests\Support\CountingDriver;
use WsElements\CodeIgniter\Tests\Support\NotificationsTestCase;
use WsElements\CodeIgniter\WebSocket;
use WsElements\Publisher\Publisher;

/**
 * @internal
 */
#[CoversClass(NotificationModel::class)]
#[CoversClass(AfterCommit::class)]
#[CoversClass(NewKeys::class)]
final class NotificationModelTest extends NotificationsTestCase
{
    public function testStoresAndPushesInOneCall(): void
    {
        $id = $this->notifications()->send(42, 'New order', 'Order #12345', ['priority' => 'high', 'link' => '/orders/12345']);

        $this->seeInDatabase('notifications', ['id' => $id, 'user_id' => '42', 'title' => 'New order', 'message' => 'Order #12345', 'priority' => 'high', 'link' => '/orders/12345', 'read_at' => null]);
        $this->assertSame(
            ['user 42: notification {"title":"New order","message":"Order #12345","id":"' . $id . '","priority":"high","link":"/orders/12345"}'],
            $this->pushed(),
        );
    }

    public function testKeepsEveryCharacterUpToTheGreatestLength(): void
    {
        $title   = str_repeat("\u{1F469}\u{200D}\u{1F680}", 85);
        $message = str_repeat("\u{1F6D2}", 9_999) . "\u{131}";

        $id = $this->notifications()->send(42, $title, $message);

        $this->assertNotNull($id, (string) json_encode($this->notifications()->errors()));
        $this->assertSame([$title, $message], array_values(array_intersect_key($this->server->published()[0]->data, ['title' => 0, 'message' => 0])));
    }

    public function testPushesTheTimeThatIsStored(): void
    {
        config(App::class)->appTimezone = 'Europe/Vienna';

        $this->notifications()->insert(['user_id' => 42, 'title' => 'Backup done', 'created_at' => '2026-03-04 10:30:00']);

        $this->assertStringContainsString('"timestamp":"2026-03-04T09:30:00.000Z"', $this->server->published()[0]->json);
    }

    public function testPushesWhatTheDocumentationsControllerInserts(): void
    {
        $model = new NotificationModel();

        $id = $model->insert(['user_id' => '42', 'title' => 'New order', 'message' => 'Order #12345', 'created_at' => date('Y-m-d H:i:s')]);

        $this->assertSame(['user 42: notification {"title":"New order","message":"Order #12345","id":"' . $id . '","priority":"normal"}'], $this->pushed());
    }

    public function testPushesManyInOneRequest(): void
    {
        $driver = new CountingDriver();
        Services::injectMock('websocket', new WebSocket(new Publisher($driver)));
        $this->notifications()->send(1, 'Earlier');

        $this->notifications()->insertBatch(array_map(static fn (int $user): array => ['user_id' => "{$user}", 'title' => 'To all'], range(1, 250)));

        $this->assertSame([1, 250], $driver->publishes);
    }

    public function testPushesAfterTheTransactionAndInOneRequest(): void
    {
        $driver = new CountingDriver();
        Services::injectMock('websocket', new WebSocket(new Publisher($driver)));

        $this->db->transStart();
        $this->notifications()->send(42, 'one');
        $this->notifications()->send(43, 'two');
        $this->assertSame([], $driver->publishes);
        $this->db->transComplete();
        Services::websocket()->publishCommitted();

        $this->assertSame([2], $driver->publishes);
    }

    public function testPushesNothingThatWasRolledBack(): void
    {
        $this->db->transBegin();
        $this->notifications()->send(42, 'Never');
        $this->db->transRollback();
        Services::websocket()->publishCommitted();

        $this->assertSame([], $this->pushed());
    }

    public function testTellsOfTheNextWriteWhatATransactionLeft(): void
    {
        $this->db->transStart();
        $first = $this->notifications()->send(42, 'one');
        $this->db->transComplete();
        $second = $this->notifications()->send(42, 'two');

        $this->assertSame(["{$first}", "{$second}"], array_map(static fn ($each): mixed => $each->data['id'], $this->server->published()));
    }

    public function testWaitsForTheOutermostTransaction(): void
    {
        $this->db->transBegin();
        $this->db->transBegin();
        $this->notifications()->send(42, 'Inner');
        $this->db->transCommit();
        Services::websocket()->publishCommitted();
        $this->assertSame([], $this->pushed());
        $this->db->transCommit();
        Services::websocket()->publishCommitted();

        $this->assertCount(1, $this->pushed());
    }

    /**
     * @param array<string, string> $row
     */
    #[DataProvider('provideStoresNothingThatIsNoNotification')]
    public function testStoresNothingThatIsNoNotification(array $row, string $field): void
    {
        $model = $this->notifications();

        $this->assertFalse($model->insert([...['user_id' => '42', 'title' => 'Title'], ...$row]));
        $this->assertSame([$field], array_keys((array) $model->errors()));
        $this->seeNumRecords(0, 'notifications', []);
        $this->assertSame([], $this->pushed());
    }

    /**
     * @return iterable<string, array{array<string, string>, string}>
     */
    public static function provideStoresNothingThatIsNoNotification(): iterable
    {
        yield 'no user' => [['user_id' => ''], 'user_id'];

        yield 'no id of a user' => [['user_id' => "42\n"], 'user_id'];

        yield 'no title' => [['title' => ''], 'title'];

        yield 'a long title' => [['title' => str_repeat('a', 256)], 'title'];

        yield 'another priority' => [['priority' => 'urgent'], 'priority'];

        yield 'javascript' => [['link' => 'javascript:alert(1)'], 'link'];

        yield 'with blanks' => [['link' => " java\tscript:alert(1)"], 'link'];

        yield 'data' => [['link' => 'DATA:text/html,<b>'], 'link'];
    }

    #[DataProvider('provideStoresLinksThatOpenAPage')]
    public function testStoresLinksThatOpenAPage(string $link): void
    {
        $this->assertNotNull($this->notifications()->send(42, 'Title', options: ['link' => $link]));
        $this->assertSame($link, $this->server->published()[0]->data['link']);
    }

    /**
     * @return iterable<array{string}>
     */
    public static function provideStoresLinksThatOpenAPage(): iterable
    {
        foreach (['/orders/1', 'orders?page=2', 'https://shop.example/a:b', 'HTTP://shop.example', '?a=b:c', '#here', './a:b', 'a/b:c'] as $link) {
            yield $link => [$link];
        }
    }

    public function testMarksAndTellsTheUsersOtherDevices(): void
    {
        $hers = $this->notifications()->send(42, 'Hers');
        $read = $this->notifications()->send(42, 'Read before');
        $his  = $this->notifications()->send(43, 'His');
        $this->notifications()->markRead(42, [(int) $read]);
        $this->server->reset();

        $this->assertSame(1, $this->notifications()->markRead(42, [(int) $hers, (int) $read, (int) $his, 999]));

        $this->assertTrue($this->isRead($hers));
        $this->assertFalse($this->isRead($his));
        $this->assertSame(['user 42: notification_mark {"ids":["' . $hers . '"],"read":true}'], $this->pushed());
    }

    public function testTellsNobodyOfMarksThatWereRolledBack(): void
    {
        $id = $this->notifications()->send(42, 'Hers');
        $this->server->reset();

        $this->db->transBegin();
        $this->notifications()->markRead(42);
        $this->db->transRollback();
        Services::websocket()->publishCommitted();

        $this->assertFalse($this->isRead($id));
        $this->assertSame([], $this->pushed());
    }

    public function testStoresWhereNoServerIs(): void
    {
        $this->server->fail();

        $id = $this->notifications()->send(42, 'Later');

        $this->seeInDatabase('notifications', ['id' => $id, 'title' => 'Later']);
    }

    public function testDoesNotBreakThePageWhereWhatIsStoredCannotBeRead(): void
    {
        $db = $this->db;
        $this->assertInstanceOf(\CodeIgniter\Database\BaseConnection::class, $db);

        Services::websocketaftercommit()->run($db, static fn () => throw new RuntimeException('gone'));

        $this->assertLogContains('error', 'not published what was stored');
    }
}
