<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\View;

use CodeIgniter\Config\BaseService;
use CodeIgniter\Config\Services as FrameworkServices;
use WsElements\CodeIgniter\Config\Services;
use WsElements\Publisher\Attributes;

/**
 * A page that the framework has kept is sent again without its view: the framework writes the Content-Security-Policy
 * anew, from the settings, and what {@see ScriptTag} added to it is gone.
 */
final class KeptPage
{
    /**
     * Lets a page connect that has the script's tag from an earlier request. Called before a response is sent.
     */
    public static function renewPolicy(): void
    {
        $csp = FrameworkServices::csp();

        // Rendered in this request, it has all it needs.
        if (! $csp->enabled() || BaseService::has('websocketscript')) {
            return;
        }

        $body = FrameworkServices::response()->getBody();

        if (! is_string($body) || ! str_contains($body, ' data-url=')) {
            return;
        }

        $address = ServerAddress::of(Services::websocketconfig()->url, base_url());

        // What a user wrote has no quotes left.
        if (str_contains($body, (string) new Attributes(['data-url' => $address->url]))) {
            (new Policy($csp))->letConnect($address->origin);
        }
    }
}
