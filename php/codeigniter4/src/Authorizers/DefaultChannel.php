<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Authorizers;

use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Identity\Identity;
use WsElements\Publisher\Grants;

/**
 * Lets everyone, guests too where they are let in, read and write the default channel (`Config\WebSocket::$channel`): for
 * a first try, and for a lobby.
 */
final class DefaultChannel implements Authorizer
{
    public function authorize(Identity $identity): Grants
    {
        $channels = [Services::websocketconfig()->channel];

        return new Grants(read: $channels, write: $channels);
    }
}
