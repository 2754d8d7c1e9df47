<?php

declare(strict_types=1);

namespace WsElements\Publisher;

use Stringable;

/**
 * Where a channel stands, written `epoch:offset`: what an element's `since` takes, so that nothing falls between the
 * rendering of a page and its subscription.
 */
final readonly class Position implements Stringable
{
    /**
     * @param string $epoch  Life of the numbering.
     * @param int    $offset Of the channel's last publication; 0 before the first.
     */
    public function __construct(public string $epoch, public int $offset)
    {
    }

    /**
     * Reads `epoch:offset`; null if it is not one.
     */
    public static function parse(string $text): ?self
    {
        return preg_match('/\A([A-Za-z0-9_-]{1,16}):(\d{1,15})\z/', $text, $parts) === 1
            ? new self($parts[1], (int) $parts[2])
            : null;
    }

    public function __toString(): string
    {
        return "{$this->epoch}:{$this->offset}";
    }
}
