<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Controllers;

use CodeIgniter\Config\Services as FrameworkServices;
use CodeIgniter\Controller;
use CodeIgniter\HTTP\IncomingRequest;
use CodeIgniter\HTTP\ResponseInterface;
use InvalidArgumentException;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Identity\SessionReader;
use WsElements\Publisher\Token;

/**
 * Answers the `token-url`: who the visitor is and what they may do, signed, for a few minutes. 401 and 403 end a page's
 * tries; everything else is tried again.
 */
class TokenController extends Controller
{
    public function index(): ResponseInterface
    {
        // Whatever a filter of the application had in mind for its pages.
        FrameworkServices::responsecache()->setTtl(0);
        $this->response->removeHeader('Cache-Control')->setHeader('Cache-Control', 'no-store');

        $request = $this->request;

        return $request instanceof IncomingRequest
            ? SessionReader::readOnce($request, fn (): ResponseInterface => $this->answer())
            : $this->refuse(404, 'not_found', 'Tokens are for browsers: php spark ws:token makes one here');
    }

    private function answer(): ResponseInterface
    {
        $config = Services::websocketconfig();

        try {
            $token = new Token($config->secret);
        } catch (InvalidArgumentException $e) {
            $this->logger->error('WebSocket: no token: websocket.{reason}. php spark ws:install writes one.', ['reason' => $e->getMessage()]);

            return $this->refuse(503, 'misconfigured', 'No token can be made: see the log');
        }

        $visitor  = Services::websocketvisitor();
        $identity = $visitor->identity($this->response);

        if ($identity === null) {
            return $this->refuse(401, 'unauthorized', 'Nobody is signed in, and guests are not let in');
        }

        $grants = $visitor->grants();

        if ($grants === null) {
            return $this->refuse(403, 'forbidden', 'The authorizer lets this user not connect');
        }

        try {
            $text = $token->issue($identity->id, $identity->name, $grants, $config->tokenLifetime);
        } catch (InvalidArgumentException $e) {
            $this->logger->error('WebSocket: no token: {reason}', ['reason' => $e->getMessage()]);

            return $this->refuse(500, 'misconfigured', 'No token can be made: see the log');
        }

        return $this->response->setJSON(['token' => $text]);
    }

    private function refuse(int $status, string $code, string $message): ResponseInterface
    {
        return $this->response->setStatusCode($status)->setJSON(['error' => ['code' => $code, 'message' => $message]]);
    }
}
