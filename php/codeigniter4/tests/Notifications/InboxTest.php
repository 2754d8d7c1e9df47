<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Notifications;

use PHPUnit\Framework\Attributes\CoversClass;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Notifications\Inbox;
use WsElements\CodeIgniter\Tests\Support\CountingDriver;
use WsElements\CodeIgniter\Tests\Support\NotificationsTestCase;
use WsElements\CodeIgniter\WebSocket;
use WsElements\Publisher\Publisher;

/**
 * @internal
 */
#[CoversClass(Inbox::class)]
final class InboxTest extends NotificationsTestCase
{
    public function testTakesOverMarksFromAsFarBackAsTheServerKeepsThem(): void
    {
        $id = $this->notifications()->send(42, 'one');
        Services::websocket()->user(42)->send('notification_mark', ['ids' => ["{$id}"], 'read' => true]);

        for ($n = 0; $n < 250; $n++) {
            Services::websocket()->user(42)->send('order:shipped');
        }

        $this->notifications()->inbox()->takeOverMarks('42');

        $this->assertTrue($this->isRead($id));
    }

    public function testAsksForNothingWhereTheChannelHasNotMovedOn(): void
    {
        $driver = new CountingDriver();

        foreach (range(1, 3) as $request) {
            Services::injectMock('websocket', new WebSocket(new Publisher($driver)));
            $this->notifications()->inbox()->takeOverMarks('42');
        }

        // Where the channel stands is asked by every request, once.
        $this->assertCount(3, $driver->positions);
        $this->assertSame(1, $driver->histories);
    }

    public function testTakesAMarkOverOnce(): void
    {
        $id = $this->notifications()->send(42, 'one');
        Services::websocket()->user(42)->send('notification_mark', ['ids' => ["{$id}"], 'read' => true]);
        $this->notifications()->inbox()->takeOverMarks('42');

        // An administrator wants it to be read again, and something else comes.
        db_connect()->table('notifications')->where('id', $id)->update(['read_at' => null]);
        Services::injectMock('websocket', new WebSocket(new Publisher($this->server)));
        Services::websocket()->user(42)->send('order:shipped');
        $this->notifications()->inbox()->takeOverMarks('42');

        $this->assertFalse($this->isRead($id));
    }

    public function testLeavesOthersAlone(): void
    {
        $his = $this->notifications()->send(43, 'His');
        Services::websocket()->user(42)->send('notification_mark', ['ids' => ["{$his}"], 'read' => true]);

        $this->notifications()->inbox()->takeOverMarks('42');

        $this->assertFalse($this->isRead($his));
    }

    public function testTriesAgainWhereNoServerWas(): void
    {
        $id = $this->notifications()->send(42, 'one');
        Services::websocket()->user(42)->send('notification_mark', ['ids' => ["{$id}"], 'read' => true]);
        $driver         = new CountingDriver();
        $driver->isAway = true;
        Services::injectMock('websocket', new WebSocket(new Publisher($driver)));
        $this->notifications()->inbox()->takeOverMarks('42');
        $this->assertFalse($this->isRead($id));

        // Gone between two questions.
        $driver                 = new CountingDriver();
        $driver->hasNoHistories = true;
        Services::injectMock('websocket', new WebSocket(new Publisher($driver)));
        $this->notifications()->inbox()->takeOverMarks('42');
        $this->assertSame(1, $driver->histories);

        Services::injectMock('websocket', new WebSocket(new Publisher($this->server)));
        $this->notifications()->inbox()->takeOverMarks('42');

        $this->assertTrue($this->isRead($id));
    }
}
