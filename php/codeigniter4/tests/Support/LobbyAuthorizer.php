<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support;

use WsElements\CodeIgniter\Authorizers\Authorizer;
use WsElements\CodeIgniter\Identity\Identity;
use WsElements\Publisher\Grants;

/**
 * @internal
 */
final class LobbyAuthorizer implements Authorizer
{
    public function authorize(Identity $identity): ?Grants
    {
        if ($identity->id === 'banned') {
            return null;
        }

        return new Grants(read: ['lobby', 'orders-*'], write: $identity->isGuest ? [] : ['lobby']);
    }
}
