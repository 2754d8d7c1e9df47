<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support;

use WsElements\Publisher\Driver;
use WsElements\Publisher\Exceptions\ReadFailed;
use WsElements\Publisher\History;
use WsElements\Publisher\Position;
use WsElements\Publisher\Reader;
use WsElements\Publisher\Result;

/**
 * Counts what it is asked.
 *
 * @internal
 */
final class CountingDriver implements Driver, Reader
{
    public bool $isAway         = false;
    public bool $hasNoHistories = false;

    /**
     * How many publications at once.
     *
     * @var list<int>
     */
    public array $publishes = [];

    /**
     * @var list<list<string>>
     */
    public array $positions = [];

    public int $histories = 0;

    public function publish(array $publications): array
    {
        $this->publishes[] = count($publications);

        return array_map(static fn (): Result => Result::accepted(), $publications);
    }

    public function positions(array $channels): array
    {
        $this->positions[] = $channels;

        if ($this->isAway) {
            throw new ReadFailed(Result::UNREACHABLE, 'away');
        }

        return array_fill_keys($channels, new Position('counted', 7));
    }

    public function history(string $channel, int $limit = 100, ?int $before = null): History
    {
        $this->histories++;

        if ($this->hasNoHistories) {
            throw new ReadFailed(Result::UNREACHABLE, 'away');
        }

        return new History($channel, new Position('counted', 7));
    }
}
