<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Config;

use CodeIgniter\Router\RouteCollection;
use WsElements\CodeIgniter\Controllers\ClientController;
use WsElements\CodeIgniter\Controllers\TokenController;

/**
 * @var RouteCollection $routes
 */

// The framework lets an application's routes of the same paths go before these.
if (Services::websocketconfig()->routes) {
    $routes->get('websocket', [ClientController::class, 'index']);
    $routes->get('websocket/client', [ClientController::class, 'index']);
    $routes->get('websocket/token', [TokenController::class, 'index'], ['as' => 'websocket-token']);
}
