<?php

declare(strict_types=1);

namespace WsElements\Publisher\Circuit;

/**
 * For one process: a worker, a test.
 */
final class MemoryCircuitStore implements CircuitStore
{
    private ?CircuitState $state = null;

    public function read(): ?CircuitState
    {
        return $this->state;
    }

    public function swap(?CircuitState $expected, ?CircuitState $new): bool
    {
        $isExpected = $expected === null ? $this->state === null : $expected->equals($this->state);
        if ($isExpected) {
            $this->state = $new;
        }

        return $isExpected;
    }
}
