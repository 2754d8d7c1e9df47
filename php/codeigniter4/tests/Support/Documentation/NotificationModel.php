<?php

declare(strict_types=1);

namespace App\Models;

/**
 * As `php spark ws:install` writes it.
 */
class NotificationModel extends \WsElements\CodeIgniter\Models\NotificationModel
{
}
