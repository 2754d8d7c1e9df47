<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Identity;

use Closure;
use CodeIgniter\Config\Services;
use CodeIgniter\HTTP\IncomingRequest;
use Config\Session as SessionConfig;

/**
 * Reads a session beside what the user does: a page that fetches a token in the background must not be noticed by the
 * pages that it runs beside.
 */
final class SessionReader
{
    /**
     * Whether a request belongs to a session: it has begun already, or the browser has its cookie. In the framework's
     * tests there is only the array; elsewhere that may be what a worker's last request has left.
     */
    public static function isThere(IncomingRequest $request): bool
    {
        return self::isOpen()
            || (ENVIRONMENT === 'testing' && isset($_SESSION))
            || is_string($request->getCookie(config(SessionConfig::class)->cookieName));
    }

    /**
     * Calls back, and ends the session right after, so that the user's other requests need not wait for this one. Where
     * it begins for that alone:
     *
     * - It keeps its id. A new one, answered to a request in the background, would sign out whoever navigates meanwhile.
     * - Flash data keeps its age. The framework ages it whenever a session begins, and the page that it is meant for would
     *   find it gone. So nothing is written where the callback changed nothing.
     *
     * The latter also where a filter began it, such as CSRF protection in the session, unless that gave it another id: what a
     * filter notes of a request in the background is not kept.
     *
     * @template T
     *
     * @param Closure(): T $read
     *
     * @return T
     */
    public static function readOnce(IncomingRequest $request, Closure $read): mixed
    {
        $begins = ! self::isOpen() && self::isThere($request);

        if ($begins) {
            self::begin();
        }
        $isAsSent = $begins || self::hasIdOf($request);
        $before   = self::state();
        $result   = $read();

        if (self::isOpen()) {
            if ($isAsSent && self::state() === $before) {
                session_abort();
            } else {
                // Shield remembered somebody, say.
                session_write_close();
            }
        }

        return $result;
    }

    private static function begin(): void
    {
        $config               = config(SessionConfig::class);
        $seconds              = $config->timeToUpdate;
        $config->timeToUpdate = 0;

        try {
            Services::session();
        } finally {
            $config->timeToUpdate = $seconds;
        }
    }

    private static function hasIdOf(IncomingRequest $request): bool
    {
        return self::isOpen() && $request->getCookie(config(SessionConfig::class)->cookieName) === session_id();
    }

    private static function isOpen(): bool
    {
        return session_status() === PHP_SESSION_ACTIVE;
    }

    /**
     * @return array{false|string, array<array-key, mixed>}
     */
    private static function state(): array
    {
        return [session_id(), $_SESSION ?? []];
    }
}
