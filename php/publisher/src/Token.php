<?php

declare(strict_types=1);

namespace WsElements\Publisher;

use Firebase\JWT\JWT;
use InvalidArgumentException;
use SensitiveParameter;
use SensitiveParameterValue;

/**
 * Issues the tokens by which a server knows who a page's user is and what they may do.
 *
 * ```php
 * $token = (new Token($secret))->issue(user: '42', name: 'Ana', grants: new Grants(read: ['lobby'], write: ['lobby']));
 * ```
 */
final readonly class Token
{
    /**
     * Bytes that a secret has at least (RFC 7518 §3.2).
     */
    public const MIN_SECRET = 32;

    /**
     * Seconds. A token is in pages and in memory: it is renewed rather than long-lived.
     */
    public const MAX_LIFETIME = 86_400;

    private const MAX_NAME_LENGTH = 64;

    private SensitiveParameterValue $secret;

    /**
     * @param string $secret The server's `WS_SECRET`.
     *
     * @throws InvalidArgumentException It is too short. The message tells its length and nothing else of it.
     */
    public function __construct(#[SensitiveParameter] string $secret)
    {
        // One read from a file ends in a line feed.
        $secret = rtrim($secret, "\r\n");
        if (strlen($secret) < self::MIN_SECRET) {
            throw new InvalidArgumentException(sprintf(
                'secret: expected at least %d bytes, as `openssl rand -base64 32` makes, got %d',
                self::MIN_SECRET,
                strlen($secret),
            ));
        }
        $this->secret = new SensitiveParameterValue($secret);
    }

    /**
     * @param int|string  $user     The user's id: 1–123 of `A–Z a–z 0–9 _ . : @ / -`.
     * @param string|null $name     By which others see them; what is longer than 64 characters is cut.
     * @param int         $lifetime Seconds, 1 to {@see MAX_LIFETIME}.
     * @param int|null    $now      Seconds since 1970; else this moment.
     *
     * @return string A JWT, HS256.
     *
     * @throws InvalidArgumentException The user's id or the lifetime can be none.
     */
    public function issue(
        int|string $user,
        ?string $name = null,
        Grants $grants = new Grants(),
        int $lifetime = 600,
        ?int $now = null,
    ): string {
        if ($lifetime < 1 || $lifetime > self::MAX_LIFETIME) {
            throw new InvalidArgumentException('lifetime: expected 1 to ' . self::MAX_LIFETIME . " seconds, got {$lifetime}");
        }

        $now ??= time();
        $name   = self::shownName($name ?? '');
        $claims = [
            'sub' => Names::user((string) $user),
            ...($name === '' ? [] : ['name' => $name]),
            'iat' => $now,
            'exp' => $now + $lifetime,
            ...array_filter(['read' => $grants->read, 'write' => $grants->write, 'types' => $grants->types]),
        ];
        $secret = $this->secret->getValue();

        return JWT::encode($claims, is_string($secret) ? $secret : '', 'HS256');
    }

    /**
     * A name that was made to be no name is no reason to be refused by the server.
     */
    private static function shownName(string $name): string
    {
        $name = mb_scrub($name, 'UTF-8');
        $name = trim((string) preg_replace('/[\p{Cc}\p{Zl}\p{Zp}]+/u', ' ', $name));

        return trim(mb_substr($name, 0, self::MAX_NAME_LENGTH, 'UTF-8'));
    }
}
