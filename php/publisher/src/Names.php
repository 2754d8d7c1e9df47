<?php

declare(strict_types=1);

namespace WsElements\Publisher;

use WsElements\Publisher\Exceptions\InvalidMessage;

/**
 * Names as the protocol has them (`protocol/specification.md`, "Names").
 *
 * @internal
 */
final class Names
{
    public const BROADCAST   = 'broadcast';
    public const USER_PREFIX = 'user:';

    /**
     * Types that carry the protocol itself and can never be published.
     */
    public const PROTOCOL_TYPES = [
        'welcome', 'subscribe', 'subscribed', 'unsubscribe', 'unsubscribed', 'ack', 'history', 'typing', 'presence',
        'auth', 'ping', 'pong', 'error', 'reconnect',
    ];

    // \A and \z: $ would let a final line feed through.
    private const CHANNEL = '~\A[A-Za-z0-9][A-Za-z0-9_.:@/-]{0,127}\z~';
    private const USER    = '~\A[A-Za-z0-9_.:@/-]{1,123}\z~';
    private const TYPE    = '~\A[A-Za-z][A-Za-z0-9_.:-]{0,63}\z~';
    private const PATTERN = '~\A(?:[A-Za-z0-9][A-Za-z0-9_.:@/-]{0,127}|(?:[A-Za-z0-9][A-Za-z0-9_.:@/-]{0,126})?\*)\z~';

    /**
     * @throws InvalidMessage
     */
    public static function channel(string $name): string
    {
        return self::match(self::CHANNEL, $name, 'channel', '1–128 of A–Z a–z 0–9 _ . : @ / -, the first a letter or digit');
    }

    /**
     * @throws InvalidMessage
     */
    public static function user(string $id): string
    {
        return self::match(self::USER, $id, 'user', '1–123 of A–Z a–z 0–9 _ . : @ / -');
    }

    /**
     * @throws InvalidMessage
     */
    public static function client(string $id): string
    {
        return self::match('~\A.{1,128}\z~su', $id, 'client', 'the clientId of a connection, 1–128 characters');
    }

    /**
     * Of a publication: none of the protocol's own.
     *
     * @throws InvalidMessage
     */
    public static function type(string $type): string
    {
        if (in_array($type, self::PROTOCOL_TYPES, true)) {
            throw InvalidMessage::expected('type', 'an application\'s own type', $type, 'which belongs to the protocol');
        }

        return self::typeName($type);
    }

    /**
     * @throws InvalidMessage
     */
    public static function typeName(string $type): string
    {
        return self::match(self::TYPE, $type, 'type', '1–64 of A–Z a–z 0–9 _ . : -, the first a letter');
    }

    /**
     * A channel, or a prefix and `*`.
     *
     * @throws InvalidMessage
     */
    public static function pattern(string $pattern, string $field): string
    {
        return self::match(self::PATTERN, $pattern, $field, 'a channel, or a prefix of one and *');
    }

    private static function match(string $pattern, string $text, string $field, string $expected): string
    {
        if (preg_match($pattern, $text) !== 1) {
            throw InvalidMessage::expected($field, $expected, $text);
        }

        return $text;
    }
}
