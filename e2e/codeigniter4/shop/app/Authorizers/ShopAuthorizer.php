<?php

namespace App\Authorizers;

use WsElements\CodeIgniter\Authorizers\Authorizer;
use WsElements\CodeIgniter\Identity\Identity;
use WsElements\Publisher\Grants;

/**
 * Everyone who is signed in talks in the lobby and looks at the products.
 */
final class ShopAuthorizer implements Authorizer
{
    public function authorize(Identity $identity): Grants
    {
        // A token that takes its time, once: the only worker is busy with it.
        if (is_file(WRITEPATH . 'slow') && str_ends_with(service('request')->getPath(), 'websocket/token')) {
            unlink(WRITEPATH . 'slow');
            usleep(1_500_000);
        }

        return new Grants(read: ['lobby', 'products'], write: ['lobby'], types: ['notification_mark']);
    }
}
