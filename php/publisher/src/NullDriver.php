<?php

declare(strict_types=1);

namespace WsElements\Publisher;

/**
 * Publishes nothing: for command line scripts, imports, and environments without a server.
 */
final class NullDriver implements Driver
{
    public function publish(array $publications): array
    {
        return array_map(static fn (): Result => Result::accepted(), $publications);
    }
}
