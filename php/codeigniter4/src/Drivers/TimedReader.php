<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Drivers;

use WsElements\CodeIgniter\Collectors\PublicationLog;
use WsElements\Publisher\Driver;
use WsElements\Publisher\History;
use WsElements\Publisher\Reader;

/**
 * {@see TimedDriver}, where the driver reads too.
 */
final class TimedReader extends TimedDriver implements Reader
{
    private Reader $reader;

    public static function reading(Driver&Reader $driver, PublicationLog $log): self
    {
        $timed         = new self($driver, $log);
        $timed->reader = $driver;

        return $timed;
    }

    public function positions(array $channels): array
    {
        return $this->reader->positions($channels);
    }

    public function history(string $channel, int $limit = 100, ?int $before = null): History
    {
        return $this->reader->history($channel, $limit, $before);
    }
}
