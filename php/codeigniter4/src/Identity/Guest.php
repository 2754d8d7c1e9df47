<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Identity;

use CodeIgniter\HTTP\IncomingRequest;
use CodeIgniter\HTTP\ResponseInterface;
use Config\Cookie as CookieConfig;
use SensitiveParameter;
use WsElements\CodeIgniter\View\Words;

/**
 * A visitor who is not signed in, and stays the same one by a cookie of their own: a token that is renewed has to be for
 * the same user. There is no session for it.
 */
final class Guest
{
    public const COOKIE = 'ws_guest';

    /**
     * Bytes of randomness.
     */
    private const LENGTH = 16;

    /**
     * s: what was sent from a page is known for as long when the visitor comes back.
     */
    private const LIFETIME = 30 * 86400;

    /**
     * @param ResponseInterface|null $response Gets the cookie where there is none; without it such a visitor is nobody.
     */
    public static function identify(IncomingRequest $request, #[SensitiveParameter] string $secret, ?ResponseInterface $response): ?Identity
    {
        $cookie = $request->getCookie(self::cookieName());

        if (! is_string($cookie) || preg_match('/\A[0-9a-f]{32}\z/', $cookie) !== 1) {
            if ($response === null) {
                return null;
            }
            $cookie = bin2hex(random_bytes(self::LENGTH));
            $response->setCookie(self::COOKIE, $cookie, self::LIFETIME, secure: $request->isSecure() || config(CookieConfig::class)->secure, httponly: true);
        }

        // Others see the id. The cookie, which makes somebody this guest, cannot be told from it.
        $id = substr(hash_hmac('sha256', "guest {$cookie}", $secret), 0, 24);

        return new Identity("guest:{$id}", Words::of('guest', substr($id, 0, 4)), isGuest: true);
    }

    /**
     * A visitor who comes for the first time, and gets an id with the first token.
     */
    public static function stranger(): Identity
    {
        return new Identity('guest:new', isGuest: true);
    }

    private static function cookieName(): string
    {
        return config(CookieConfig::class)->prefix . self::COOKIE;
    }
}
