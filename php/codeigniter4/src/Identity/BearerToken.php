<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Identity;

use CodeIgniter\HTTP\RequestInterface;
use Firebase\JWT\JWT;
use Firebase\JWT\Key;
use SensitiveParameter;
use Throwable;
use WsElements\Publisher\Token;

/**
 * Who a request says it is by `Authorization: Bearer <token>`: the token of the socket. A browser never sends it by itself,
 * so that no other page can act for the user.
 */
final class BearerToken
{
    /**
     * @return string|null The user's id; null where the token is missing, wrong or expired.
     */
    public static function user(RequestInterface $request, #[SensitiveParameter] string $secret): ?string
    {
        $secret = rtrim($secret, "\r\n");

        if (strlen($secret) < Token::MIN_SECRET || preg_match('/\ABearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)\z/i', $request->getHeaderLine('Authorization'), $parts) !== 1) {
            return null;
        }

        $leeway      = JWT::$leeway;
        JWT::$leeway = 0;

        try {
            $claims = JWT::decode($parts[1], new Key($secret, 'HS256'));
        } catch (Throwable) {
            // What is wrong with it is nobody's business but the server's that issued it.
            return null;
        } finally {
            JWT::$leeway = $leeway;
        }

        // One that never ends is none of the protocol's.
        return isset($claims->exp, $claims->sub) && is_string($claims->sub) && preg_match('~\A[A-Za-z0-9_.:@/-]{1,123}\z~', $claims->sub) === 1
            ? $claims->sub
            : null;
    }
}
