<?php

declare(strict_types=1);

use CodeIgniter\Router\RouteCollection;
use WsElements\CodeIgniter\Tests\Support\App\Controllers\Pages;

/**
 * @var RouteCollection $routes
 */
$routes->get('test/sign-in/(:segment)', [Pages::class, 'signIn']);
$routes->get('test/save', [Pages::class, 'save']);
$routes->get('test/note', [Pages::class, 'note']);
$routes->get('test/look', [Pages::class, 'look']);
$routes->get('test/saved', [Pages::class, 'saved']);
$routes->get('test/page', [Pages::class, 'page']);
$routes->get('test/kept', [Pages::class, 'kept']);
