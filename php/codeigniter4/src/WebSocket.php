<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter;

use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Models\NotificationModel;
use WsElements\Publisher\History;
use WsElements\Publisher\Position;
use WsElements\Publisher\Publisher;
use WsElements\Publisher\Result;
use WsElements\Publisher\Target;

/**
 * What `service('websocket')` is: publishes, and tells where channels stand.
 *
 * ```php
 * service('websocket')->user($id)->notify('New order', 'Order #12345', ['link' => '/orders/12345']);
 * service('websocket')->channel('products')->update('products', ['id' => 123, 'price' => 99.99]);
 * service('websocket')->status('payment_gateway', 'online');      // to everyone
 * ```
 *
 * Nothing here breaks a page: what goes wrong is in the {@see Result}, and in the log.
 */
final class WebSocket
{
    /**
     * What the server said of channels in this request; null where it said nothing.
     *
     * @var array<string, Position|null>
     */
    private array $positions = [];

    public function __construct(private readonly Publisher $publisher)
    {
    }

    /**
     * Everyone who follows a channel.
     */
    public function channel(string $name): Target
    {
        return $this->publisher->channel($name);
    }

    /**
     * All pages and devices of a user.
     */
    public function user(int|string $id): Target
    {
        return $this->publisher->user($id);
    }

    /**
     * One connection, by its `clientId`. Who is not there does not get it later.
     */
    public function client(string $clientId): Target
    {
        return $this->publisher->client($clientId);
    }

    /**
     * Everyone who is connected: what to send, or without it the target.
     *
     * ```php
     * service('websocket')->broadcast('maintenance', ['minutes' => 10]);
     * service('websocket')->broadcast()->notify('We close in ten minutes');
     * ```
     *
     * @param array<array-key, mixed> $data
     *
     * @return ($type is null ? Target : Result)
     */
    public function broadcast(?string $type = null, array $data = [], ?string $idempotencyKey = null): Result|Target
    {
        $everyone = $this->publisher->broadcast();

        return $type === null ? $everyone : $everyone->send($type, $data, $idempotencyKey);
    }

    /**
     * Tells everyone that a row is new.
     *
     * @param array<array-key, mixed>|object $row Only what everyone may see.
     */
    public function create(string $entity, array|object $row, ?string $idempotencyKey = null): Result
    {
        return $this->publisher->broadcast()->create($entity, $row, $idempotencyKey);
    }

    /**
     * Tells everyone what has changed of a row.
     *
     * @param array<array-key, mixed>|object $row Its `id`, and what of it everyone may see.
     */
    public function update(string $entity, array|object $row, ?string $idempotencyKey = null): Result
    {
        return $this->publisher->broadcast()->update($entity, $row, $idempotencyKey);
    }

    /**
     * Tells everyone that a row is gone.
     */
    public function delete(string $entity, int|string $id, ?string $idempotencyKey = null): Result
    {
        return $this->publisher->broadcast()->delete($entity, $id, $idempotencyKey);
    }

    /**
     * Tells everyone how a system is doing.
     *
     * @param array<array-key, mixed> $more Further fields.
     */
    public function status(string $system, string $status, string $message = '', array $more = []): Result
    {
        return $this->publisher->broadcast()->status($system, $status, $message, $more);
    }

    /**
     * Tells everyone what a user is doing.
     *
     * @param array<array-key, mixed> $more Further fields.
     */
    public function activity(int|string $userId, string $activity, array $more = []): Result
    {
        return $this->publisher->broadcast()->activity($userId, $activity, $more);
    }

    /**
     * Publishes in one request what a callback sends. Should the callback throw, nothing is.
     *
     * @param callable(Publisher): mixed $send
     *
     * @return list<Result> One each, in their order.
     */
    public function batch(callable $send): array
    {
        return $this->publisher->batch($send);
    }

    /**
     * Notifications that are stored and pushed in one: `->notifications()->send($userId, 'New order')`. The
     * application's own model of that name where it extends the package's.
     */
    public function notifications(): NotificationModel
    {
        $model = model('NotificationModel', false);

        return $model instanceof NotificationModel ? $model : new NotificationModel();
    }

    /**
     * Publishes what models have written, but for what is still in a transaction. Pages and commands do so at their
     * end; a page that streams, or a command that never ends, calls it after its transactions.
     */
    public function publishCommitted(): void
    {
        Services::websocketaftercommit()->flush();
    }

    /**
     * Where a channel stands, as `epoch:offset`, for the `since` of an element; empty where the server does not say. It is
     * asked once a request, and of `broadcast`, which every page follows, in the same breath.
     */
    public function position(string $channel): string
    {
        if (! array_key_exists($channel, $this->positions)) {
            $asked = array_values(array_diff(array_unique([$channel, 'broadcast']), array_keys($this->positions)));
            $told  = $this->publisher->positions($asked);

            foreach ($asked as $name) {
                $this->positions[$name] = $told[$name] ?? null;
            }
        }

        return (string) $this->positions[$channel];
    }

    /**
     * What the server keeps of a channel, the oldest first; empty where it does not say. Who may see it is the
     * caller's to know.
     *
     * @param int $limit 1 to 100.
     */
    public function history(string $channel, int $limit = 100): History
    {
        $history = $this->publisher->history($channel, $limit);

        if ($history->position !== null) {
            $this->positions[$channel] = $history->position;
        }

        return $history;
    }

    /**
     * The publisher below, which knows no framework.
     */
    public function publisher(): Publisher
    {
        return $this->publisher;
    }
}
