<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Config;

use WsElements\CodeIgniter\Collectors\WebSocket as WebSocketCollector;
use WsElements\CodeIgniter\Drivers\PublishJob;
use WsElements\CodeIgniter\Drivers\QueueDriver;

/**
 * Adds to two lists of the application: the job that the driver `queue` needs, and the toolbar's panel. Nothing else is
 * registered: a registrar would replace what the application says itself.
 */
class Registrar
{
    /**
     * A panel of the debug toolbar, beside those that the application has.
     *
     * @return array{collectors: list<class-string>}
     */
    public static function Toolbar(): array
    {
        return ['collectors' => [WebSocketCollector::class]];
    }

    /**
     * For codeigniter4/queue, whose worker knows jobs by name.
     *
     * @return array{jobHandlers: array<string, class-string>}
     */
    public static function Queue(): array
    {
        return ['jobHandlers' => [QueueDriver::JOB => PublishJob::class]];
    }
}
