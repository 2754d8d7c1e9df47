<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Controllers;

use CodeIgniter\Config\Services as FrameworkServices;
use CodeIgniter\Controller;
use WsElements\CodeIgniter\Config\Services;

/**
 * A page with the elements: the client of the documentation. An application's own route of the same path goes before it,
 * and its view can be replaced (`Config\WebSocket::$views['client']`).
 */
class ClientController extends Controller
{
    public function index(): string
    {
        $config   = Services::websocketconfig();
        $visitor  = Services::websocketvisitor();
        $identity = $visitor->identity();

        // It may show a name and what is not everyone's.
        FrameworkServices::responsecache()->setTtl(0);
        $this->response->removeHeader('Cache-Control')->setHeader('Cache-Control', 'private, no-cache');

        return view($config->views['client'], [
            'channel'    => $config->channel,
            'locale'     => FrameworkServices::request()->getLocale(),
            'name'       => $identity?->name,
            'isLetIn'    => $identity !== null || $config->allowGuests,
            'mayRead'    => $visitor->mayRead($config->channel),
            'sessionKey' => $config->sessionUserId,
        ]);
    }
}
