<?php

declare(strict_types=1);

namespace WsElements\Publisher;

use WsElements\Publisher\Exceptions\InvalidMessage;

/**
 * What the bearer of a token may do. Nothing is granted that is not named here; the own `user:<id>` and `broadcast` may
 * always be read.
 *
 * A pattern is a channel, or a prefix and `*`: `orders-*`. `*` alone is every channel but users'.
 */
final readonly class Grants
{
    /**
     * @param list<string> $read  Patterns of channels that may be followed.
     * @param list<string> $write Patterns of channels that may be written to.
     * @param list<string> $types What may be sent beside `message` and `typing`.
     *
     * @throws InvalidMessage One can be none.
     */
    public function __construct(public array $read = [], public array $write = [], public array $types = [])
    {
        foreach (['read' => $read, 'write' => $write] as $field => $patterns) {
            foreach ($patterns as $pattern) {
                Names::pattern($pattern, $field);
            }
        }

        foreach ($types as $type) {
            Names::type($type);
        }
    }

    /**
     * These and those of another.
     */
    public function and(self $other): self
    {
        return new self(
            array_values(array_unique([...$this->read, ...$other->read])),
            array_values(array_unique([...$this->write, ...$other->write])),
            array_values(array_unique([...$this->types, ...$other->types])),
        );
    }
}
