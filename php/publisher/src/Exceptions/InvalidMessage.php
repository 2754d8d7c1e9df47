<?php

declare(strict_types=1);

namespace WsElements\Publisher\Exceptions;

use InvalidArgumentException;
use WsElements\Publisher\Excerpt;

/**
 * What was asked to be published can never be: a mistake in the program that asks. Its message names the field, what
 * was expected there and what was given.
 */
final class InvalidMessage extends InvalidArgumentException
{
    public readonly string $field;

    public function __construct(string $message, string $field)
    {
        parent::__construct($message);
        $this->field = $field;
    }

    /**
     * @param string $note What is wrong with what was given, where that is not plain.
     */
    public static function expected(string $field, string $expected, mixed $given, string $note = ''): self
    {
        $got = Excerpt::of($given) . ($note === '' ? '' : ", {$note}");

        return new self("{$field}: expected {$expected}, got {$got}", $field);
    }
}
