<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Publishing;

use Closure;
use CodeIgniter\Config\BaseService;
use CodeIgniter\Database\BaseConnection;
use Psr\Log\LoggerInterface;
use Throwable;
use WeakReference;
use WsElements\CodeIgniter\Config\Services;
use WsElements\Publisher\Publisher;

/**
 * Publishes what was written once it is sure to stay: at once, or, within a transaction, after it has ended.
 *
 * Nothing of the framework says how a transaction ended. So what waits is not the publication but a closure that reads
 * what the database has by then, and publishes that: what was rolled back is not there.
 *
 * It ends waiting with the next write outside of a transaction, with the page or the command, and when PHP ends. A command
 * that never does calls `service('websocket')->publishCommitted()`.
 */
final class AfterCommit
{
    /**
     * @var list<array{BaseConnection<mixed, mixed>, Closure(Publisher): mixed}>
     */
    private array $waiting = [];

    private bool $isPublishing = false;
    private bool $isRegistered = false;

    public function __construct(private readonly LoggerInterface $logger)
    {
    }

    /**
     * @param BaseConnection<mixed, mixed> $db
     * @param Closure(Publisher): mixed    $publish Reads, and sends to the batch that it gets.
     */
    public function run(BaseConnection $db, Closure $publish): void
    {
        $this->waiting[] = [$db, $publish];
        $this->flush();

        if ($this->waiting !== [] && ! $this->isRegistered) {
            // What an exception has kept from its end. A worker's later requests have nothing to do with it.
            $this->isRegistered = true;
            $self               = WeakReference::create($this);
            register_shutdown_function(static fn () => $self->get()?->flush());
        }
    }

    /**
     * Publishes in one request what waits for no transaction any more.
     */
    public function flush(): void
    {
        // A closure's own reads and writes come here too.
        if ($this->isPublishing) {
            return;
        }

        $ready         = array_values(array_filter($this->waiting, static fn (array $each): bool => $each[0]->transDepth === 0));
        $this->waiting = array_values(array_filter($this->waiting, static fn (array $each): bool => $each[0]->transDepth !== 0));

        if ($ready === []) {
            return;
        }

        $this->isPublishing = true;

        try {
            Services::websocket()->batch(function (Publisher $batch) use ($ready): void {
                foreach ($ready as [, $publish]) {
                    try {
                        $publish($batch);
                    } catch (Throwable $e) {
                        // What is stored is stored: a page does not break because others are not told.
                        $this->logger->error('WebSocket: not published what was stored: {class}: {reason}', ['class' => $e::class, 'reason' => $e->getMessage()]);
                    }
                }
            });
        } finally {
            $this->isPublishing = false;
        }
    }

    /**
     * Of this request; does not make what is not there.
     */
    public static function flushShared(): void
    {
        if (BaseService::has('websocketaftercommit')) {
            Services::websocketaftercommit()->flush();
        }
    }
}
