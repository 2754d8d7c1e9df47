<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Controllers;

use CodeIgniter\Controller;
use WsElements\CodeIgniter\Config\Services;

/**
 * A page with the elements: the client of the documentation.
 */
class ClientController extends Controller
{
    public function index(): string
    {
        $config   = Services::websocketConfig();
        $identity = Services::websocketVisitor()->identity();

        return view($config->views['client'], [
            'channel' => $config->channel,
            'name'    => $identity?->name,
            'isKnown' => $identity !== null || $config->allowGuests,
        ]);
    }
}
