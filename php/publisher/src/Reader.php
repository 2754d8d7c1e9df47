<?php

declare(strict_types=1);

namespace WsElements\Publisher;

use WsElements\Publisher\Exceptions\ReadFailed;

/**
 * A {@see Driver} that can also tell where channels stand and what is kept of them.
 */
interface Reader
{
    /**
     * @param list<string> $channels
     *
     * @return array<string, Position> By channel.
     *
     * @throws ReadFailed
     */
    public function positions(array $channels): array;

    /**
     * @param int      $limit  1 to 100.
     * @param int|null $before An offset, exclusive; without it the newest.
     *
     * @throws ReadFailed
     */
    public function history(string $channel, int $limit = 100, ?int $before = null): History;
}
