<?php

declare(strict_types=1);

namespace WsElements\Publisher;

use DateTimeImmutable;
use DateTimeInterface;
use DateTimeZone;
use JsonException;
use JsonSerializable;
use stdClass;
use WsElements\Publisher\Exceptions\InvalidMessage;

/**
 * JSON as the server takes it.
 *
 * @internal
 */
final class Json
{
    /**
     * A wrong byte in somebody's text becomes U+FFFD: it is no reason to lose the message.
     */
    private const FLAGS = JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE
        | JSON_INVALID_UTF8_SUBSTITUTE | JSON_PRESERVE_ZERO_FRACTION;

    /**
     * Nested so deep a server has to take it; what is deeper it may refuse.
     */
    private const DEPTH = 32;

    /**
     * @param array<array-key, mixed> $value
     *
     * @throws InvalidMessage It holds what JSON cannot: INF, a resource, itself.
     */
    public static function encode(array $value, string $field): string
    {
        try {
            return json_encode(self::withTimes($value), self::FLAGS, self::DEPTH);
        } catch (JsonException $error) {
            throw new InvalidMessage("{$field}: expected what can be JSON; " . lcfirst($error->getMessage()), $field);
        }
    }

    /**
     * @return array<array-key, mixed>|null Null where it is no JSON object.
     */
    public static function decode(string $text): ?array
    {
        $value = json_decode($text, true);

        return is_array($value) && ! ($value !== [] && array_is_list($value)) ? $value : null;
    }

    /**
     * ISO 8601 in UTC with milliseconds.
     */
    public static function time(DateTimeInterface $time): string
    {
        return DateTimeImmutable::createFromInterface($time)->setTimezone(new DateTimeZone('UTC'))->format('Y-m-d\TH:i:s.v\Z');
    }

    /**
     * PHP would write a time as an object of its parts.
     *
     * @param array<array-key, mixed> $value
     *
     * @return array<array-key, mixed>
     */
    private static function withTimes(array $value, int $depth = 0): array
    {
        foreach ($value as $key => $each) {
            if ($each instanceof DateTimeInterface && ! $each instanceof JsonSerializable) {
                $value[$key] = self::time($each);
            } elseif (is_array($each) && $depth < self::DEPTH) {
                $value[$key] = self::withTimes($each, $depth + 1);
            } elseif ($each instanceof stdClass && $depth < self::DEPTH) {
                $value[$key] = (object) self::withTimes((array) $each, $depth + 1);
            }
        }

        return $value;
    }
}
