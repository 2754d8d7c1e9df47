<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Publishing;

use Closure;
use CodeIgniter\Database\BaseConnection;
use Psr\Log\LoggerInterface;
use Throwable;
use WeakReference;
use WsElements\CodeIgniter\Config\Services;
use WsElements\Publisher\Publisher;

/**
 * Publishes what was written once it is sure to stay, all that a page wrote in one request: at the end of the page, or,
 * on the command line, with each write, because commands may run for hours. Never within a transaction.
 *
 * Nothing of the framework says how a transaction ended. So what waits is not the publication but a closure that reads
 * what the database has by then, and publishes that: what was rolled back is not there. Nor is it read right behind a
 * write of a page, which may ask the connection for `affectedRows()` or `insertID()`; MySQL forgets them with the
 * next query.
 *
 * What a transaction of a command left is published with the next write, or with its end. A command that never ends calls
 * `service('websocket')->publishCommitted()`.
 */
final class AfterCommit
{
    /**
     * @var list<array{BaseConnection<mixed, mixed>, Closure(Publisher): mixed}>
     */
    private array $waiting = [];

    private bool $isPublishing = false;
    private bool $isRegistered = false;

    /**
     * @param bool $isAtOnce With each write, and not at the end.
     */
    public function __construct(private readonly LoggerInterface $logger, private readonly bool $isAtOnce)
    {
    }

    /**
     * @param BaseConnection<mixed, mixed> $db
     * @param Closure(Publisher): mixed    $publish Reads, and sends to the batch that it gets.
     */
    public function run(BaseConnection $db, Closure $publish): void
    {
        $this->waiting[] = [$db, $publish];

        if ($this->isAtOnce) {
            $this->flush();
        }

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

        $this->isPublishing = true;

        try {
            while (($ready = $this->takeReady()) !== []) {
                Services::websocket()->batch(function (Publisher $batch) use ($ready): void {
                    foreach ($ready as $publish) {
                        $this->try($publish, $batch);
                    }
                });
            }
        } finally {
            $this->isPublishing = false;
        }
    }

    /**
     * Of this request; does not make what is not there.
     */
    public static function flushShared(): void
    {
        if (Services::hasWebsocketaftercommit()) {
            Services::websocketaftercommit()->flush();
        }
    }

    /**
     * @return list<Closure(Publisher): mixed>
     */
    private function takeReady(): array
    {
        $ready   = [];
        $waiting = [];

        foreach ($this->waiting as $each) {
            if ($each[0]->transDepth === 0) {
                $ready[] = $each[1];
            } else {
                $waiting[] = $each;
            }
        }
        $this->waiting = $waiting;

        return $ready;
    }

    /**
     * What is stored is stored: a page does not break because others are not told.
     *
     * @param Closure(Publisher): mixed $publish
     */
    private function try(Closure $publish, Publisher $batch): void
    {
        try {
            $publish($batch);
        } catch (Throwable $e) {
            $this->logger->error('WebSocket: not published what was stored: {class}: {reason}', ['class' => $e::class, 'reason' => $e->getMessage()]);
        }
    }
}
