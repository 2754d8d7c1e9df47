<?php

declare(strict_types=1);

namespace WsElements\Publisher\Exceptions;

use RuntimeException;
use WsElements\Publisher\Result;

/**
 * A position or a history could not be read. Its message is the reason.
 */
final class ReadFailed extends RuntimeException
{
    /**
     * The server's error code, or one of {@see Result}'s.
     */
    public readonly string $reason;

    public function __construct(string $reason, string $message)
    {
        parent::__construct($message);
        $this->reason = $reason;
    }
}
