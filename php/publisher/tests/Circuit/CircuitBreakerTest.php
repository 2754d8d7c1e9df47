<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Circuit;

use PHPUnit\Framework\TestCase;
use WsElements\Publisher\Circuit\CircuitBreaker;
use WsElements\Publisher\Circuit\CircuitState;
use WsElements\Publisher\Circuit\CircuitStore;
use WsElements\Publisher\Circuit\MemoryCircuitStore;

/**
 * @internal
 */
final class CircuitBreakerTest extends TestCase
{
    private MemoryCircuitStore $store;
    private float $now = 1_700_000_000.0;

    protected function setUp(): void
    {
        $this->store = new MemoryCircuitStore();
    }

    /**
     * As another request has it.
     */
    private function breaker(): CircuitBreaker
    {
        return new CircuitBreaker($this->store, now: fn (): float => $this->now);
    }

    public function testIsClosedAtFirst(): void
    {
        $this->assertTrue($this->breaker()->admits());
        $this->assertSame(0.0, $this->breaker()->retryAfter());
    }

    public function testOneFailureOpensItForAll(): void
    {
        $first = $this->breaker();
        $this->assertTrue($first->admits());
        $first->failed();

        $this->assertFalse($first->admits());
        $this->assertFalse($this->breaker()->admits());
        $this->assertEqualsWithDelta(5.0, $this->breaker()->retryAfter(), 0.01);
    }

    public function testManyThatFailAtOnceOpenItAsOne(): void
    {
        $all = array_map(fn (): CircuitBreaker => $this->breaker(), range(1, 20));

        foreach ($all as $each) {
            $this->assertTrue($each->admits());
        }

        foreach ($all as $each) {
            $each->failed();
        }
        $this->assertEqualsWithDelta(5.0, $this->breaker()->retryAfter(), 0.01);
    }

    public function testThenOneTries(): void
    {
        $first = $this->breaker();
        $first->admits();
        $first->failed();
        $this->now += 5.01;

        $this->assertTrue($this->breaker()->admits());
        $this->assertFalse($this->breaker()->admits());
        $this->assertFalse($first->admits());
    }

    public function testWhoIsNotTheFirstToTryDoesNot(): void
    {
        $taken = new class () implements CircuitStore {
            public function read(): CircuitState
            {
                return new CircuitState(1, 1);
            }

            public function swap(?CircuitState $expected, ?CircuitState $new): bool
            {
                return false;
            }
        };

        $this->assertFalse((new CircuitBreaker($taken))->admits());
    }

    public function testIsClosedByTheOneWhoSucceeds(): void
    {
        $one = $this->breaker();
        $one->admits();
        $one->failed();
        $this->now += 5.01;
        $one->admits();
        $one->succeeded();

        $this->assertTrue($this->breaker()->admits());
        $this->assertNull($this->store->read());
    }

    public function testIsOpenForTwiceAsLongEachTimeUpToAMinute(): void
    {
        $one     = $this->breaker();
        $seconds = [];

        for ($time = 0; $time < 6; $time++) {
            $this->assertTrue($one->admits());
            $one->failed();
            $seconds[] = (int) round($one->retryAfter());
            $this->now += $one->retryAfter() + 0.01;
        }
        $this->assertSame([5, 10, 20, 40, 60, 60], $seconds);
    }

    public function testBeginsAnewAfterASuccess(): void
    {
        $one = $this->breaker();

        foreach ([$one->failed(...), $one->failed(...), $one->succeeded(...), $one->failed(...)] as $end) {
            $this->assertTrue($one->admits());
            $end();
            $this->now += $one->retryAfter() + 0.01;
        }
        $this->assertSame(1, $this->store->read()?->failures);
    }

    public function testWhoTriesAndEndsWithoutAWordIsFollowedByAnother(): void
    {
        $one = $this->breaker();
        $one->admits();
        $one->failed();
        $this->now += 5.01;
        $this->assertTrue($this->breaker()->admits());
        $this->now += 3.01;

        $this->assertTrue($this->breaker()->admits());
    }

    public function testASuccessThatBeganBeforeDoesNotCloseIt(): void
    {
        $slow = $this->breaker();
        $slow->admits();
        $other = $this->breaker();
        $other->admits();
        $other->failed();
        $slow->succeeded();

        $this->assertFalse($this->breaker()->admits());
    }

    public function testAClockThatWasSetBackKeepsItNotOpenForLong(): void
    {
        $this->store->swap(null, new CircuitState(1, (int) ($this->now * 1000) + 3_600_000));

        $this->assertTrue($this->breaker()->admits());
    }
}
