<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Drivers;

use CodeIgniter\Config\Services as FrameworkServices;
use CodeIgniter\Queue\BaseJob;
use CodeIgniter\Queue\Interfaces\JobInterface;
use WsElements\CodeIgniter\Config\Services;
use WsElements\Publisher\Exceptions\PublishFailed;
use WsElements\Publisher\Publication;
use WsElements\Publisher\Publisher;

/**
 * Publishes what {@see QueueDriver} put into the queue. Should the server not take it, the job fails, and the queue tries
 * it again.
 */
final class PublishJob extends BaseJob implements JobInterface
{
    /**
     * s
     */
    protected int $retryAfter = 15;

    /**
     * An hour in all: a restart is no reason to lose anything, and a whole night's news is none any more.
     */
    protected int $tries = 240;

    /**
     * @throws PublishFailed
     */
    public function process(): void
    {
        $requests     = is_array($this->data['publications'] ?? null) ? $this->data['publications'] : [];
        $publications = [];

        foreach ($requests as $request) {
            $publications[] = Publication::fromArray(is_array($request) ? $request : []);
        }

        (new Publisher(DriverFactory::worker(Services::websocketconfig()), FrameworkServices::logger(), throw: true))->publish($publications);
    }
}
