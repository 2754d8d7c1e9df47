<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests;

use PHPUnit\Framework\Attributes\CoversClass;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Tests\Support\CountingDriver;
use WsElements\CodeIgniter\Tests\Support\TestCase;
use WsElements\CodeIgniter\WebSocket;
use WsElements\Publisher\Publication;
use WsElements\Publisher\Publisher;
use WsElements\Publisher\Result;

/**
 * @internal
 */
#[CoversClass(WebSocket::class)]
final class WebSocketTest extends TestCase
{
    /**
     * @param callable(WebSocket): mixed $send
     * @param array<string, mixed>       $data
     */
    #[DataProvider('provideSendsToWhomItSays')]
    public function testSendsToWhomItSays(callable $send, string $recipient, array $data): void
    {
        $send(Services::websocket());

        $this->assertSame(
            [[$recipient, json_encode($data)]],
            array_map(static fn (Publication $each): array => [(string) $each->recipient, json_encode($each->data)], $this->server->published()),
        );
    }

    /**
     * @return iterable<string, array{callable(WebSocket): mixed, string, array<string, mixed>}>
     */
    public static function provideSendsToWhomItSays(): iterable
    {
        yield 'a channel' => [
            static fn (WebSocket $webSocket): mixed => $webSocket->channel('lobby')->send('message', ['message' => 'Hi']),
            'channel lobby',
            ['type' => 'message', 'message' => 'Hi'],
        ];

        yield 'a user' => [
            static fn (WebSocket $webSocket): mixed => $webSocket->user(42)->notify('New order', 'Order #12345', ['priority' => 'high']),
            'user 42',
            ['type' => 'notification', 'title' => 'New order', 'message' => 'Order #12345', 'priority' => 'high'],
        ];

        yield 'a client' => [
            static fn (WebSocket $webSocket): mixed => $webSocket->client('c_1')->notify('Export ready'),
            'client c_1',
            ['type' => 'notification', 'title' => 'Export ready'],
        ];

        yield 'everyone' => [
            static fn (WebSocket $webSocket): mixed => $webSocket->broadcast('maintenance', ['minutes' => 10]),
            'broadcast',
            ['type' => 'maintenance', 'minutes' => 10],
        ];

        yield 'everyone, by a target' => [
            static fn (WebSocket $webSocket): mixed => $webSocket->broadcast()->notify('We close'),
            'broadcast',
            ['type' => 'notification', 'title' => 'We close'],
        ];

        yield 'a new row' => [
            static fn (WebSocket $webSocket): mixed => $webSocket->create('products', ['id' => 123]),
            'broadcast',
            ['type' => 'data_update', 'entity' => 'products', 'action' => 'create', 'data' => ['id' => 123]],
        ];

        yield 'a changed row' => [
            static fn (WebSocket $webSocket): mixed => $webSocket->update('products', ['id' => 123, 'price' => 99.99]),
            'broadcast',
            ['type' => 'data_update', 'entity' => 'products', 'action' => 'update', 'data' => ['id' => 123, 'price' => 99.99]],
        ];

        yield 'a row that is gone' => [
            static fn (WebSocket $webSocket): mixed => $webSocket->delete('products', 123),
            'broadcast',
            ['type' => 'data_update', 'entity' => 'products', 'action' => 'delete', 'data' => ['id' => 123]],
        ];

        yield 'a status' => [
            static fn (WebSocket $webSocket): mixed => $webSocket->status('payment_gateway', 'online', 'Operational'),
            'broadcast',
            ['type' => 'status_update', 'system' => 'payment_gateway', 'status' => 'online', 'message' => 'Operational'],
        ];

        yield 'an activity' => [
            static fn (WebSocket $webSocket): mixed => $webSocket->activity(42, 'is editing', ['page' => 7]),
            'broadcast',
            ['type' => 'user_activity', 'userId' => 42, 'activity' => 'is editing', 'page' => 7],
        ];
    }

    public function testPublishesABatchInOneGo(): void
    {
        $driver    = new CountingDriver();
        $webSocket = new WebSocket(new Publisher($driver));

        $results = $webSocket->batch(static function (Publisher $batch): void {
            $batch->channel('products')->update('products', ['id' => 1]);
            $batch->user(42)->notify('Done');
        });

        $this->assertSame([2], $driver->publishes);
        $this->assertSame([true, true], array_map(static fn (Result $each): bool => $each->ok, $results));
    }

    public function testNeverBreaksAPage(): void
    {
        $this->server->fail();

        $result = Services::websocket()->user(42)->notify('New order');

        $this->assertFalse($result->ok);
        $this->assertLogContains('error', 'not published (unreachable): notification to user 42');
    }

    public function testAsksOnceARequestWhereAChannelStands(): void
    {
        $driver = new CountingDriver();
        Services::injectMock('websocket', new WebSocket(new Publisher($driver)));

        $this->assertSame(['counted:7', 'counted:7', 'counted:7'], [ws_position('lobby'), ws_position('lobby'), ws_position('broadcast')]);
        $this->assertSame([['lobby', 'broadcast']], $driver->positions);
        ws_position('orders');
        $this->assertSame([['lobby', 'broadcast'], ['orders']], $driver->positions);
    }

    public function testDoesNotAskForAPositionThatAHistoryTold(): void
    {
        $driver    = new CountingDriver();
        $webSocket = new WebSocket(new Publisher($driver));

        $webSocket->history('lobby');

        $this->assertSame('counted:7', $webSocket->position('lobby'));
        $this->assertSame([], $driver->positions);
    }

    public function testAsksAServerThatIsAwayOnceToo(): void
    {
        $driver         = new CountingDriver();
        $driver->isAway = true;
        $webSocket      = new WebSocket(new Publisher($driver));

        $this->assertSame(['', '', ''], [$webSocket->position('lobby'), $webSocket->position('lobby'), $webSocket->position('broadcast')]);
        $this->assertCount(1, $driver->positions);
    }
}
