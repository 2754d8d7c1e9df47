<?php

declare(strict_types=1);

namespace WsElements\Publisher\Circuit;

/**
 * An open circuit. A closed one has no state.
 */
final readonly class CircuitState
{
    /**
     * @param int $failures In a row.
     * @param int $until    ms since 1970; nobody tries before.
     */
    public function __construct(public int $failures, public int $until)
    {
    }

    public function equals(?self $other): bool
    {
        return $other !== null && $other->failures === $this->failures && $other->until === $this->until;
    }
}
