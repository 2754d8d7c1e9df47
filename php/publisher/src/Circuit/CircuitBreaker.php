<?php

declare(strict_types=1);

namespace WsElements\Publisher\Circuit;

use Closure;

/**
 * Keeps requests from waiting for a server that is not there. The first that cannot reach it opens the circuit, for all
 * that share the store; while it is open nobody tries. Then one may: if it succeeds the circuit is closed, if not it is
 * open for twice as long, up to a minute.
 */
final class CircuitBreaker
{
    /**
     * ms. Longer than a try can take, so that nobody joins the one who tries.
     */
    private const TRY = 3_000;

    /**
     * What this process was let through by; the outcome changes nothing else.
     */
    private ?CircuitState $admittedBy = null;

    /**
     * @var Closure(): float
     */
    private readonly Closure $now;

    /**
     * @param float                    $seconds How long it is open after the first failure.
     * @param float                    $longest How long at most.
     * @param (callable(): float)|null $now     Seconds since 1970.
     */
    public function __construct(
        private readonly CircuitStore $store,
        private readonly float $seconds = 5.0,
        private readonly float $longest = 60.0,
        ?callable $now = null,
    ) {
        $this->now = Closure::fromCallable($now ?? static fn (): float => microtime(true));
    }

    /**
     * Whether the server may be asked. Then {@see succeeded()} or {@see failed()} has to follow.
     */
    public function admits(): bool
    {
        $state = $this->store->read();
        if ($state === null) {
            $this->admittedBy = null;

            return true;
        }
        if ($this->remaining($state) > 0) {
            return false;
        }

        $try = new CircuitState($state->failures, $this->milliseconds() + self::TRY);
        if (! $this->store->swap($state, $try)) {
            return false;
        }
        $this->admittedBy = $try;

        return true;
    }

    /**
     * The server answered, whatever it said.
     */
    public function succeeded(): void
    {
        if ($this->admittedBy !== null) {
            $this->store->swap($this->admittedBy, null);
            $this->admittedBy = null;
        }
    }

    /**
     * The server could not be reached.
     */
    public function failed(): void
    {
        $failures = ($this->admittedBy->failures ?? 0) + 1;
        $seconds  = min($this->longest, $this->seconds * 2 ** min(30, $failures - 1));
        // Of many that fail at once, one opens it.
        $this->store->swap($this->admittedBy, new CircuitState($failures, $this->milliseconds() + (int) ($seconds * 1000)));
        $this->admittedBy = null;
    }

    /**
     * Seconds until the server is tried again; 0 where the circuit is closed.
     */
    public function retryAfter(): float
    {
        $state = $this->store->read();

        return $state === null ? 0.0 : $this->remaining($state) / 1000;
    }

    /**
     * ms. A clock that was set back opens no circuit for longer than there is.
     */
    private function remaining(CircuitState $state): int
    {
        $remaining = $state->until - $this->milliseconds();

        return $remaining > $this->longest * 1000 + self::TRY ? 0 : max(0, $remaining);
    }

    private function milliseconds(): int
    {
        return (int) (($this->now)() * 1000);
    }
}
