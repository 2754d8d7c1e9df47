<?php

declare(strict_types=1);

// What the framework defines while it starts.
defined('CI_DEBUG')      || define('CI_DEBUG', true);
defined('APP_NAMESPACE') || define('APP_NAMESPACE', 'App');
defined('ENVIRONMENT')   || define('ENVIRONMENT', 'testing');

foreach (['APPPATH', 'FCPATH', 'HOMEPATH', 'ROOTPATH', 'SUPPORTPATH', 'SYSTEMPATH', 'TESTPATH', 'VENDORPATH', 'WRITEPATH'] as $name) {
    defined($name) || define($name, getcwd() . '/');
}
