<?php

namespace App\Models;

class NotificationModel extends \WsElements\CodeIgniter\Models\NotificationModel
{
}
