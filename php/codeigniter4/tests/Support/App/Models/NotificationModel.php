<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support\App\Models;

use CodeIgniter\Model;

/**
 * An application's own.
 *
 * @internal
 */
final class NotificationModel extends Model
{
    protected $table         = 'notifications';
    protected $allowedFields = ['user_id', 'title', 'message', 'priority', 'link', 'created_at', 'read_at'];
}
