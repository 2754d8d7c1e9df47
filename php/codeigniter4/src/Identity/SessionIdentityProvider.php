<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Identity;

use CodeIgniter\Config\Services as FrameworkServices;
use CodeIgniter\HTTP\IncomingRequest;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Config\WebSocket as WebSocketConfig;

/**
 * Takes the user from the session, where the application put it when they signed in.
 */
final class SessionIdentityProvider implements IdentityProvider
{
    private readonly WebSocketConfig $config;

    public function __construct(?WebSocketConfig $config = null)
    {
        $this->config = $config ?? Services::websocketconfig();
    }

    public function identify(IncomingRequest $request): ?Identity
    {
        if (! SessionReader::isThere($request)) {
            return null;
        }

        $session = FrameworkServices::session();
        $id      = $session->get($this->config->sessionUserId);
        $name    = $session->get($this->config->sessionUserName);

        return is_int($id) || (is_string($id) && $id !== '')
            ? new Identity((string) $id, is_string($name) ? $name : null)
            : null;
    }
}
