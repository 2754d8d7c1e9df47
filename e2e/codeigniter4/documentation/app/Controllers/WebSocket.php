<?php

namespace App\Controllers;

use App\Models\NotificationModel;

class WebSocket extends BaseController
{
    public function index()
    {
        return view('websocket_client');
    }

    public function client()
    {
        // Serve the HTML file directly
        $filePath = FCPATH . 'websocket-client.html';

        if (file_exists($filePath)) {
            return file_get_contents($filePath);
        }

        return view('errors/html/error_404');
    }

    public function sendNotification()
    {
        $notificationModel = new NotificationModel();

        // Save notification to database
        $notificationData = [
            'user_id' => $this->request->getPost('user_id'),
            'title' => $this->request->getPost('title'),
            'message' => $this->request->getPost('message'),
            'created_at' => date('Y-m-d H:i:s')
        ];

        $notificationModel->insert($notificationData);

        // Send real-time notification via WebSocket
        // This would require a WebSocket client in PHP or API call to Node.js server

        return $this->response->setJSON(['status' => 'success']);
    }
}
