<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Authorizers;

use WsElements\CodeIgniter\Identity\Identity;
use WsElements\Publisher\Grants;

/**
 * Grants nothing: notifications and what is published to everyone come, and that is all.
 */
final class DenyAll implements Authorizer
{
    public function authorize(Identity $identity): Grants
    {
        return new Grants();
    }
}
