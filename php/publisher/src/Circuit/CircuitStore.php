<?php

declare(strict_types=1);

namespace WsElements\Publisher\Circuit;

/**
 * Where requests leave word for each other that a server could not be reached. It never throws: a store that is gone
 * is no reason for a page to fail.
 */
interface CircuitStore
{
    /**
     * Null: the circuit is closed.
     */
    public function read(): ?CircuitState;

    /**
     * Replaces the state in one step, if it is still what was read.
     *
     * @return bool Whether it was; else another process has been faster.
     */
    public function swap(?CircuitState $expected, ?CircuitState $new): bool;
}
