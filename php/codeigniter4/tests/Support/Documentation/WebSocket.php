<?php

declare(strict_types=1);

namespace App\Controllers;

use App\Models\NotificationModel;

class WebSocket extends BaseController
{
    public function sendNotification()
    {
        $notificationModel = new NotificationModel();

        // Save notification to database
        $notificationData = [
            'user_id'    => $this->request->getPost('user_id'),
            'title'      => $this->request->getPost('title'),
            'message'    => $this->request->getPost('message'),
            'created_at' => date('Y-m-d H:i:s'),
        ];

        $notificationModel->insert($notificationData);

        return $this->response->setJSON(['status' => 'success']);
    }
}
