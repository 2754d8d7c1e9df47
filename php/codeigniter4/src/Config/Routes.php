<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Config;

use CodeIgniter\Router\RouteCollection;
use Config\Filters;
use WsElements\CodeIgniter\Controllers\ClientController;
use WsElements\CodeIgniter\Controllers\NotificationsController;
use WsElements\CodeIgniter\Controllers\TokenController;
use WsElements\CodeIgniter\Filters\TokenRoutes;

/**
 * @var RouteCollection $routes
 */

// The framework lets an application's routes of the same paths go before these.
if (Services::websocketconfig()->routes) {
    $routes->get('websocket', [ClientController::class, 'index']);
    $routes->get('websocket/client', [ClientController::class, 'index']);
    $routes->get('websocket/token', [TokenController::class, 'index'], ['as' => 'websocket-token']);
    $routes->get('websocket/notifications', [NotificationsController::class, 'index'], ['as' => 'websocket-notifications']);
    $routes->post('websocket/notifications/read', [NotificationsController::class, 'read'], ['as' => 'websocket-notifications-read']);
    // The former is a GET, of which that filter asks nothing; where it keeps its own in the session, it would begin one.
    TokenRoutes::exempt(config(Filters::class), ['websocket/token', 'websocket/notifications/read']);
}
