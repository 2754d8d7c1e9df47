<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Test;

use CodeIgniter\Test\CIUnitTestCase;
use CodeIgniter\Test\FeatureTestTrait;
use PHPUnit\Framework\Attributes\CoversTrait;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\ExpectationFailedException;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Test\WebSocketTestTrait;
use WsElements\Publisher\Publication;
use WsElements\Publisher\Publisher;

/**
 * As an application's own test has it.
 *
 * @internal
 */
#[CoversTrait(WebSocketTestTrait::class)]
final class WebSocketTestTraitTest extends CIUnitTestCase
{
    use FeatureTestTrait;
    use WebSocketTestTrait;

    protected function setUp(): void
    {
        // Nothing that another test made.
        $this->resetServices();

        parent::setUp();
    }

    public function testKnowsWhatAPagePublished(): void
    {
        $this->assertNothingPublished();

        $this->order();

        $this->assertNotified(42);
        $this->assertNotified('42', 'New order');
        $this->assertNotified(42, static fn (Publication $each): bool => $each->data['priority'] === 'high');
        $this->assertNotNotified(43);
        $this->assertNotNotified(42, 'Another title');
        $this->assertPublished('data_update');
        $this->assertPublished('data_update', static fn (Publication $each): bool => $each->data['entity'] === 'orders', times: 1, channel: 'orders');
        $this->assertNotPublished('data_update', channel: 'broadcast');
        $this->assertNotPublished('status_update');
        $this->assertCount(2, $this->published());
    }

    public function testBeginsEachTestAnew(): void
    {
        $this->assertNothingPublished();
    }

    public function testKnowsATitleThatIsAFunctionsName(): void
    {
        Services::websocket()->user(42)->notify('date');

        $this->assertNotified(42, 'date');
    }

    public function testKnowsWhatATransactionLeft(): void
    {
        db_connect()->transStart();
        Services::websocketaftercommit()->run(db_connect(), static fn (Publisher $batch): mixed => $batch->user(42)->notify('Committed'));
        $this->assertNothingPublished();
        db_connect()->transComplete();

        $this->assertNotified(42, 'Committed');
    }

    /**
     * @param callable(self): void $assert
     * @param non-empty-string     $message
     */
    #[DataProvider('provideFailsAndTellsWhatWasPublished')]
    public function testFailsAndTellsWhatWasPublished(callable $assert, string $message): void
    {
        $this->order();

        try {
            $assert($this);
        } catch (ExpectationFailedException $e) {
            $this->assertStringStartsWith($message, $e->getMessage());
            $this->assertStringContainsString('user 42: {"type":"notification","title":"New order"', $e->getMessage());

            return;
        }
        $this->fail('Expected the assertion to fail');
    }

    /**
     * @return iterable<string, array{callable(self): void, non-empty-string}>
     */
    public static function provideFailsAndTellsWhatWasPublished(): iterable
    {
        yield 'nothing' => [static fn (self $test) => $test->assertNothingPublished(), 'Expected nothing to be published.'];

        yield 'another type' => [static fn (self $test) => $test->assertPublished('status_update'), 'Expected a status_update to be published.'];

        yield 'another channel' => [static fn (self $test) => $test->assertPublished('data_update', channel: 'lobby'), 'Expected a data_update to be published on lobby.'];

        yield 'more' => [static fn (self $test) => $test->assertPublished('data_update', times: 2), 'Expected 2 of data_update to be published.'];

        yield 'not that' => [static fn (self $test) => $test->assertNotPublished('data_update'), 'Expected 0 of data_update to be published.'];

        yield 'another user' => [static fn (self $test) => $test->assertNotified(43), 'Expected user 43 to be notified.'];

        yield 'another title' => [static fn (self $test) => $test->assertNotified(42, 'Other'), 'Expected user 42 to be notified of "Other".'];

        yield 'nobody' => [static fn (self $test) => $test->assertNotNotified(42), 'Expected user 42 not to be notified.'];
    }

    public function testStopsTheServer(): void
    {
        $this->stopWebSocketServer();

        $this->order();

        $this->assertNothingPublished();
    }

    private function order(): void
    {
        $this->withRoutes([['POST', 'orders', static function (): string {
            Services::websocket()->user(42)->notify('New order', options: ['priority' => 'high']);
            Services::websocket()->channel('orders')->create('orders', ['id' => 7]);

            return 'ordered';
        }]])->post('orders')->assertSee('ordered');
    }
}
