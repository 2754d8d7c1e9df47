<?php

use CodeIgniter\Router\RouteCollection;

/**
 * @var RouteCollection $routes
 */
$routes->get('/', 'Home::index');
$routes->get('/websocket', 'WebSocket::client');
$routes->get('/websocket/client', 'WebSocket::client');
$routes->post('/websocket/notify', 'WebSocket::sendNotification');
