<?php

declare(strict_types=1);

namespace WsElements\Publisher;

use BackedEnum;
use DateTimeInterface;
use InvalidArgumentException;
use Stringable;

/**
 * Attributes of an element, escaped, with a space before each:
 *
 * ```php
 * <ws-chat<?= new Attributes(['channel' => $channel, 'since' => $publisher->position($channel), 'typing' => true]) ?>></ws-chat>
 * ```
 *
 * `true` is the bare name; `false` and `null` leave it out.
 */
final readonly class Attributes implements Stringable
{
    private string $html;

    /**
     * @param array<string, BackedEnum|bool|DateTimeInterface|float|int|string|Stringable|null> $attributes
     *
     * @throws InvalidArgumentException A name or a value can be none: a mistake in the view, not of its data.
     */
    public function __construct(array $attributes)
    {
        $html = '';

        foreach ($attributes as $name => $value) {
            $html .= self::one((string) $name, $value);
        }
        $this->html = $html;
    }

    public function __toString(): string
    {
        return $this->html;
    }

    private static function one(string $name, mixed $value): string
    {
        if (preg_match('/\A[a-z][a-z0-9_-]*\z/', $name) !== 1) {
            throw new InvalidArgumentException('attribute: expected a name in lower case letters, digits and -, got ' . Excerpt::of($name));
        }
        // Their values are code: what is escaped would still be run.
        if (preg_match('/\A(?:on.*|style|srcdoc)\z/', $name) === 1) {
            throw new InvalidArgumentException("attribute: expected none that holds code, got \"{$name}\"; use a class, or addEventListener in a script");
        }

        if ($value === null || $value === false) {
            return '';
        }
        if ($value === true) {
            return " {$name}";
        }

        $text = match (true) {
            is_string($value) => $value,
            is_int($value)    => (string) $value,
            // Before what is Stringable: a time of CodeIgniter's or Carbon's writes itself without its zone.
            $value instanceof DateTimeInterface   => Json::time($value),
            $value instanceof Stringable          => (string) $value,
            is_float($value) && is_finite($value) => (string) json_encode($value),
            $value instanceof BackedEnum          => (string) $value->value,
            default                               => throw new InvalidArgumentException(
                "{$name}: expected text, a number, a time, true, false or null, got " . get_debug_type($value),
            ),
        };

        return " {$name}=\"" . Html::escape($text) . '"';
    }
}
