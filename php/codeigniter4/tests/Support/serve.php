<?php

declare(strict_types=1);

/*
 * Router of PHP's own server for tests that ask over HTTP. The application has further pages then: the framework finds
 * them as it finds those of every package.
 */

use Composer\Autoload\ClassLoader;
use Composer\InstalledVersions;

$folder = (string) getenv('WS_TEST_APPLICATION');

/** @var ClassLoader $loader */
$loader = require "{$folder}/vendor/autoload.php";
$loader->addPsr4(
    'WsElements\\CodeIgniter\\Tests\\Support\\App\\',
    InstalledVersions::getInstallPath('ws-elements/codeigniter4') . '/tests/Support/App',
);

$system = "{$folder}/vendor/codeigniter4/framework/system";

// Where it lay before CodeIgniter 4.5.3.
return require is_file("{$system}/rewrite.php") ? "{$system}/rewrite.php" : "{$system}/Commands/Server/rewrite.php";
