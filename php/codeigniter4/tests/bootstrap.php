<?php

declare(strict_types=1);

use Composer\Autoload\ClassLoader;
use WsElements\CodeIgniter\Tests\Support\TestDatabase;

// The application is the working folder: see run.php.
define('HOMEPATH', getcwd() . DIRECTORY_SEPARATOR);

if (! is_file(HOMEPATH . 'vendor/codeigniter4/framework/system/Test/bootstrap.php')) {
    fwrite(STDERR, 'These tests run inside an application: php ' . __DIR__ . '/run.php test' . PHP_EOL);

    exit(1);
}

/** @var ClassLoader $loader */
$loader = require HOMEPATH . 'vendor/autoload.php';
$loader->addPsr4('WsElements\\CodeIgniter\\Tests\\', __DIR__);

TestDatabase::fromEnvironment()->configure();

require HOMEPATH . 'vendor/codeigniter4/framework/system/Test/bootstrap.php';

TestDatabase::fromEnvironment()->clear();
