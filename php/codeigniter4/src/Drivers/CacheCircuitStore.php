<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Drivers;

use CodeIgniter\Cache\CacheInterface;
use Throwable;
use WsElements\Publisher\Circuit\CircuitState;
use WsElements\Publisher\Circuit\CircuitStore;

/**
 * The application's cache: several machines then know of each other that the server is away.
 *
 * Caches of the framework have no step that compares and replaces at once. Two who are let through at the same moment
 * both try the server, and that is all.
 */
final class CacheCircuitStore implements CircuitStore
{
    /**
     * s. Longer than a circuit is ever open.
     */
    private const LIFETIME = 300;

    private readonly string $key;

    public function __construct(private readonly CacheInterface $cache, string $server)
    {
        $this->key = 'ws_elements_circuit_' . substr(hash('sha256', $server), 0, 16);
    }

    public function read(): ?CircuitState
    {
        try {
            $state = $this->cache->get($this->key);
        } catch (Throwable) {
            return null;
        }

        return is_array($state) && is_int($state[0] ?? null) && is_int($state[1] ?? null)
            ? new CircuitState($state[0], $state[1])
            : null;
    }

    public function swap(?CircuitState $expected, ?CircuitState $new): bool
    {
        $state      = $this->read();
        $isExpected = $expected === null ? $state === null : $expected->equals($state);

        if (! $isExpected) {
            return false;
        }

        try {
            if ($new === null) {
                $this->cache->delete($this->key);
            } else {
                $this->cache->save($this->key, [$new->failures, $new->until], self::LIFETIME);
            }
        } catch (Throwable) {
            // A cache that is gone is no reason for a page to fail.
        }

        return true;
    }
}
