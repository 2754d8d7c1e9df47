<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Identity;

use CodeIgniter\HTTP\IncomingRequest;
use CodeIgniter\Shield\Auth;
use CodeIgniter\Shield\Authentication\Authenticators\Session;
use CodeIgniter\Shield\Config\Auth as AuthConfig;
use Config\Cookie as CookieConfig;

/**
 * Asks Shield, by its default authenticator.
 */
final class ShieldIdentityProvider implements IdentityProvider
{
    public static function isAvailable(): bool
    {
        return class_exists(Auth::class);
    }

    public function identify(IncomingRequest $request): ?Identity
    {
        // Shield's classes call it, and its setup leaves loading it to the application.
        helper('setting');
        $auth = service('auth');

        if (! $auth instanceof Auth || ! $this->canKnow($request)) {
            return null;
        }

        $user = $auth->user();

        if ($user === null) {
            return null;
        }

        $name = $user->username ?? null;

        return is_int($user->id) || is_string($user->id)
            ? new Identity((string) $user->id, is_string($name) ? $name : null, user: $user)
            : null;
    }

    /**
     * Asking begins a session; a guest's page should not have one for that.
     */
    private function canKnow(IncomingRequest $request): bool
    {
        $config = config('Auth');

        if (! $config instanceof AuthConfig) {
            return false;
        }

        $authenticator = $config->authenticators[$config->defaultAuthenticator] ?? '';

        if (! is_a($authenticator, Session::class, true)) {
            return true;
        }

        $remember = $config->sessionConfig['rememberCookieName'] ?? 'remember';

        return SessionReader::isThere($request)
            || (is_string($remember) && is_string($request->getCookie(config(CookieConfig::class)->prefix . $remember)));
    }
}
