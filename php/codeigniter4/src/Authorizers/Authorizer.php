<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Authorizers;

use WsElements\CodeIgniter\Identity\Identity;
use WsElements\Publisher\Grants;

/**
 * Says what somebody may do: the application's own rules. Named in `Config\WebSocket::$authorizer`;
 * `php spark ws:make:authorizer` writes one.
 */
interface Authorizer
{
    /**
     * Nothing is granted that is not named here, but what everyone may by the protocol: read the own user channel and
     * `broadcast`. Asked for every token, so that what is taken from somebody ends with the token that they have.
     *
     * @return Grants|null Null: not even a connection.
     */
    public function authorize(Identity $identity): ?Grants;
}
