<?php

namespace App\Controllers;

use CodeIgniter\HTTP\ResponseInterface;

class Bench extends BaseController
{
    /**
     * Publishes when it is asked to, and answers what that cost the request, ms.
     */
    public function publish(): ResponseInterface
    {
        $publisher = service('websocket');
        $sent      = microtime(true) * 1000;
        $began     = hrtime(true);
        $result    = $publisher->channel('lobby')->send('message', ['message' => sprintf("sent at %.3f", $sent)]);
        $spent     = (hrtime(true) - $began) / 1_000_000;

        return $this->response->setJSON(['spent' => $spent, 'ok' => $result->ok]);
    }
}
