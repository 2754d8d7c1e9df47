<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Install;

/**
 * What one step of an installation came to.
 */
final readonly class Step
{
    private function __construct(public string $outcome, public string $text)
    {
    }

    /**
     * Something is there now that was not.
     */
    public static function made(string $text): self
    {
        return new self('made', $text);
    }

    /**
     * It was there, and was left as it is.
     */
    public static function kept(string $text): self
    {
        return new self('kept', $text);
    }

    /**
     * It works without, and somebody should look at it.
     */
    public static function toDo(string $text): self
    {
        return new self('to do', $text);
    }
}
