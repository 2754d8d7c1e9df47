<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Config;

use WsElements\CodeIgniter\Drivers\PublishJob;
use WsElements\CodeIgniter\Drivers\QueueDriver;

/**
 * Adds the one job that the driver `queue` needs to those of the application. Nothing else is registered: a registrar
 * would replace what the application says itself.
 */
class Registrar
{
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
