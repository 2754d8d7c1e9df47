<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Drivers;

use WsElements\CodeIgniter\Collectors\PublicationLog;
use WsElements\Publisher\Driver;
use WsElements\Publisher\Reader;

/**
 * Another driver, and what it published and how long that took, for the debug toolbar.
 */
class TimedDriver implements Driver
{
    final protected function __construct(private readonly Driver $driver, private readonly PublicationLog $log)
    {
    }

    /**
     * Reads where the driver does: what cannot be read is not asked for.
     */
    public static function around(Driver $driver, PublicationLog $log): self
    {
        return $driver instanceof Reader ? TimedReader::reading($driver, $log) : new self($driver, $log);
    }

    public function publish(array $publications): array
    {
        $start   = microtime(true);
        $began   = hrtime(true);
        $results = $this->driver->publish($publications);

        if ($publications !== []) {
            $this->log->add($publications, $results, $start, (hrtime(true) - $began) / 1e9);
        }

        return $results;
    }
}
