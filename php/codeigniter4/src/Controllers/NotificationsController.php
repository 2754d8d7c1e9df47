<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Controllers;

use CodeIgniter\Config\Services as FrameworkServices;
use CodeIgniter\Controller;
use CodeIgniter\HTTP\ResponseInterface;
use Throwable;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Identity\BearerToken;
use WsElements\CodeIgniter\Notifications\StoredNotification;

/**
 * A user's notifications as JSON, by the token of the socket (`Authorization: Bearer …`) and never by a cookie: no session
 * begins, no CSRF token is used up, and no other page can ask for it.
 *
 * - `GET websocket/notifications?limit=30&before=ID&unread=1`
 * - `POST websocket/notifications/read` with `{"ids": ["17", "18"]}` or `{"all": true}`
 */
class NotificationsController extends Controller
{
    private const DEFAULT_LIMIT = 30;
    private const MOST          = 100;

    /**
     * Ids in a request.
     */
    private const MOST_IDS = 1000;

    public function index(): ResponseInterface
    {
        return $this->answer(function (string $userId): ResponseInterface {
            $limit  = $this->number('limit', self::MOST) ?? self::DEFAULT_LIMIT;
            $before = $this->number('before', PHP_INT_MAX);

            if ($limit === false) {
                return $this->refuse(400, 'invalid_request', 'limit: expected 1 to ' . self::MOST, 'limit');
            }
            if ($before === false) {
                return $this->refuse(400, 'invalid_request', 'before: expected the id of a notification', 'before');
            }

            $inbox = Services::websocket()->notifications()->inbox();
            $inbox->takeOverMarks($userId);
            [$notifications, $more] = $inbox->page($userId, $limit, $before, $this->parameter('unread') === '1');
            $last                   = $notifications === [] ? null : $notifications[count($notifications) - 1]->id;

            return $this->send([
                'notifications' => array_map(static fn (StoredNotification $each): array => $each->toArray(), $notifications),
                'unread'        => $inbox->countUnread($userId),
                // What `before` is for the next page.
                'next' => $more ? $last : null,
            ]);
        });
    }

    public function read(): ResponseInterface
    {
        return $this->answer(function (string $userId): ResponseInterface {
            $body = json_decode((string) FrameworkServices::request()->getBody(), true);
            $ids  = is_array($body) ? $this->ids($body) : false;

            if ($ids === false) {
                return $this->refuse(400, 'invalid_request', 'expected {"ids": [...]} with 1 to ' . self::MOST_IDS . ' ids, or {"all": true}', 'ids');
            }

            $model = Services::websocket()->notifications();
            $inbox = $model->inbox();
            $inbox->takeOverMarks($userId);
            $marked = $model->markRead($userId, $ids);

            return $this->send(['marked' => $marked, 'unread' => $inbox->countUnread($userId)]);
        });
    }

    /**
     * @param callable(string): ResponseInterface $answer Gets the user's id.
     */
    private function answer(callable $answer): ResponseInterface
    {
        // Whatever a filter of the application had in mind for its pages.
        FrameworkServices::responsecache()->setTtl(0);
        $this->response->removeHeader('Cache-Control')->setHeader('Cache-Control', 'no-store')->setHeader('X-Content-Type-Options', 'nosniff');

        $userId = BearerToken::user(FrameworkServices::request(), Services::websocketconfig()->secret);

        if ($userId === null) {
            $this->response->setHeader('WWW-Authenticate', 'Bearer');

            return $this->refuse(401, 'unauthorized', 'Authorization: expected Bearer and a token of websocket/token that has not expired');
        }

        try {
            return $answer($userId);
        } catch (Throwable $e) {
            $this->logger->error('WebSocket: notifications could not be read or marked: {reason}. php spark migrate --all makes their table.', ['reason' => $e->getMessage()]);

            return $this->refuse(503, 'unavailable', 'Notifications cannot be read now: see the log');
        }
    }

    /**
     * @param array<array-key, mixed> $body
     *
     * @return false|list<int>|null Null: all. False: neither.
     */
    private function ids(array $body): array|false|null
    {
        $ids = $body['ids'] ?? null;

        if ($ids === null && ($body['all'] ?? null) === true) {
            return null;
        }
        if (! is_array($ids) || ! array_is_list($ids) || $ids === [] || count($ids) > self::MOST_IDS) {
            return false;
        }

        $numbers = [];

        foreach ($ids as $id) {
            if (! (is_int($id) && $id > 0) && ! (is_string($id) && preg_match('/\A[1-9]\d{0,17}\z/', $id) === 1)) {
                return false;
            }
            $numbers[] = (int) $id;
        }

        return $numbers;
    }

    /**
     * @return false|int|null Null: not given. False: not 1 to $most.
     */
    private function number(string $name, int $most): false|int|null
    {
        $value = $this->parameter($name);

        if ($value === null) {
            return null;
        }

        return is_string($value) && preg_match('/\A[1-9]\d{0,17}\z/', $value) === 1 && (int) $value <= $most ? (int) $value : false;
    }

    private function parameter(string $name): mixed
    {
        parse_str(FrameworkServices::request()->getUri()->getQuery(), $parameters);

        return $parameters[$name] ?? null;
    }

    private function refuse(int $status, string $code, string $message, ?string $field = null): ResponseInterface
    {
        $this->response->setStatusCode($status);

        return $this->send(['error' => ['code' => $code, 'message' => $message, ...($field === null ? [] : ['field' => $field])]]);
    }

    /**
     * Users' texts are in it. A browser that were made to take it for a page finds no markup, and the framework, which
     * fills in placeholders of the policy in whatever it sends, no placeholder: a brace that opens something is followed
     * by a quote or by its end.
     *
     * @param array<string, mixed> $answer
     */
    private function send(array $answer): ResponseInterface
    {
        $json = json_encode($answer, JSON_THROW_ON_ERROR | JSON_HEX_TAG | JSON_HEX_AMP | JSON_HEX_APOS | JSON_HEX_QUOT | JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_SLASHES);

        return $this->response->setJSON((string) preg_replace('/\{(?!["}])/', '\u007b', $json));
    }
}
