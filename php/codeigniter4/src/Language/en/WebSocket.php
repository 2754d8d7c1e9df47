<?php

declare(strict_types=1);

return [
    'guest'         => 'Guest {0}',
    'server'        => 'Server',
    'notifications' => 'Notifications',
];
