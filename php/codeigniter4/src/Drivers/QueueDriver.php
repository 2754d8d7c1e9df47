<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Drivers;

use CodeIgniter\Queue\Interfaces\QueueInterface;
use RuntimeException;
use WsElements\Publisher\Driver;
use WsElements\Publisher\History;
use WsElements\Publisher\Publication;
use WsElements\Publisher\Reader;
use WsElements\Publisher\Result;

/**
 * Leaves publications to a job of codeigniter4/queue: a request spends what an insert costs, and what the server could
 * not take is tried again. What is read is read at once.
 */
final class QueueDriver implements Driver, Reader
{
    /**
     * Of the job, among the application's own.
     */
    public const JOB = 'websocket-publish';

    public function __construct(private readonly string $queue, private readonly Reader $reader)
    {
    }

    public static function isAvailable(): bool
    {
        return interface_exists(QueueInterface::class);
    }

    public function publish(array $publications): array
    {
        $queue = service('queue');

        if (! $queue instanceof QueueInterface) {
            throw new RuntimeException('service(\'queue\'): expected that of codeigniter4/queue, got ' . get_debug_type($queue));
        }

        // As it goes over the wire, since the queue writes a time as an object of its parts. And a job that is tried again must
        // not publish twice what the first try did.
        $requests = array_map(static fn (Publication $publication): array => [
            'idempotencyKey' => bin2hex(random_bytes(12)),
            ...(array) json_decode($publication->json, true),
        ], $publications);
        $queue->push($this->queue, self::JOB, ['publications' => $requests]);

        return array_map(static fn (): Result => Result::accepted(), $publications);
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
