<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Test;

use CodeIgniter\Config\Services as FrameworkServices;
use PHPUnit\Framework\Assert;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\WebSocket;
use WsElements\Publisher\FakeDriver;
use WsElements\Publisher\Publication;
use WsElements\Publisher\Publisher;

/**
 * For an application's own tests: nothing leaves, and what was published can be asked for.
 *
 * ```php
 * final class OrderTest extends CIUnitTestCase
 * {
 *     use FeatureTestTrait;
 *     use WebSocketTestTrait;
 *
 *     public function testTellsTheBuyer(): void
 *     {
 *         $this->post('orders', ['product' => 7]);
 *
 *         $this->assertNotified(42, 'New order');
 *         $this->assertPublished('data_update', fn (Publication $each): bool => $each->data['entity'] === 'orders');
 *     }
 * }
 * ```
 *
 * @phpstan-require-extends Assert
 */
trait WebSocketTestTrait
{
    /**
     * Stands for the server.
     */
    protected FakeDriver $webSocketServer;

    /**
     * The framework's test case calls it before each test.
     */
    protected function setUpWebSocketTestTrait(): void
    {
        $this->webSocketServer = new FakeDriver();
        Services::injectMock('websocket', new WebSocket(new Publisher($this->webSocketServer, FrameworkServices::logger())));
    }

    /**
     * What was published, the oldest first; also what a transaction that has ended left.
     *
     * @param (callable(Publication): bool)|null $where
     * @param string|null                        $channel `lobby`, `user:42`, `broadcast`
     *
     * @return list<Publication>
     */
    protected function published(?string $type = null, ?callable $where = null, ?string $channel = null): array
    {
        Services::websocketaftercommit()->flush();

        return $this->webSocketServer->published($type, $channel, $where);
    }

    /**
     * @param (callable(Publication): bool)|null $where
     * @param int|null                           $times   How often; null: at least once.
     * @param string|null                        $channel `lobby`, `user:42`, `broadcast`
     */
    protected function assertPublished(string $type, ?callable $where = null, ?int $times = null, ?string $channel = null): void
    {
        $count = count($this->published($type, $where, $channel));
        $where = $channel === null ? '' : " on {$channel}";
        $all   = $this->describePublished();

        if ($times === null) {
            Assert::assertGreaterThan(0, $count, "Expected a {$type} to be published{$where}. {$all}");
        } else {
            Assert::assertSame($times, $count, "Expected {$times} of {$type} to be published{$where}. {$all}");
        }
    }

    /**
     * @param (callable(Publication): bool)|null $where
     * @param string|null                        $channel `lobby`, `user:42`, `broadcast`
     */
    protected function assertNotPublished(string $type, ?callable $where = null, ?string $channel = null): void
    {
        $this->assertPublished($type, $where, 0, $channel);
    }

    protected function assertNothingPublished(): void
    {
        Assert::assertCount(0, $this->published(), "Expected nothing to be published. {$this->describePublished()}");
    }

    /**
     * A notification was pushed to a user.
     *
     * @param (callable(Publication): bool)|string|null $what Its title, or what it has to be.
     */
    protected function assertNotified(int|string $userId, callable|string|null $what = null): void
    {
        $found = $this->published('notification', self::notificationIs($what), "user:{$userId}");

        Assert::assertNotSame([], $found, "Expected user {$userId} to be notified" . (is_string($what) ? " of \"{$what}\"" : '') . ". {$this->describePublished()}");
    }

    /**
     * @param (callable(Publication): bool)|string|null $what Its title, or what it has to be.
     */
    protected function assertNotNotified(int|string $userId, callable|string|null $what = null): void
    {
        $found = $this->published('notification', self::notificationIs($what), "user:{$userId}");

        Assert::assertSame([], $found, "Expected user {$userId} not to be notified" . (is_string($what) ? " of \"{$what}\"" : '') . ". {$this->describePublished()}");
    }

    /**
     * From now on there is no server: pages have to work without one.
     */
    protected function stopWebSocketServer(): void
    {
        $this->webSocketServer->fail();
    }

    /**
     * @param (callable(Publication): bool)|string|null $what
     *
     * @return (callable(Publication): bool)|null
     */
    private static function notificationIs(callable|string|null $what): ?callable
    {
        // A title may be the name of a function.
        return is_string($what) ? static fn (Publication $each): bool => ($each->data['title'] ?? null) === $what : $what;
    }

    private function describePublished(): string
    {
        $lines = array_map(
            static fn (Publication $each): string => "  {$each->recipient}: " . json_encode($each->data, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE),
            $this->published(),
        );

        return $lines === [] ? 'Nothing was published.' : "Published was:\n" . implode("\n", $lines);
    }
}
