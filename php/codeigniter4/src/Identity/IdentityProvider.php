<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Identity;

use CodeIgniter\HTTP\IncomingRequest;

/**
 * Says who sent a request: an application's own way to sign in. Named in `Config\WebSocket::$identity`.
 */
interface IdentityProvider
{
    /**
     * Null: nobody who is signed in. It starts no session where there is none: pages of guests stay as cacheable as they
     * were.
     */
    public function identify(IncomingRequest $request): ?Identity;
}
