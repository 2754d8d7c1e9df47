<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Controllers;

use CodeIgniter\Config\Services as FrameworkServices;
use CodeIgniter\Controller;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Identity\Identity;

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
            'mayRead'    => $this->mayRead($identity),
            'sessionKey' => $config->sessionUserId,
        ]);
    }

    /**
     * A guest who comes for the first time gets an id with the first token; what such a one may do is known before.
     */
    private function mayRead(?Identity $identity): bool
    {
        $config = Services::websocketconfig();

        return $identity === null ? $config->allowGuests : Services::websocketvisitor()->mayRead($config->channel);
    }
}
