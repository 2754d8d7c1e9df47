<?php

declare(strict_types=1);

namespace WsElements\Publisher;

use Closure;

/**
 * Whom to publish to, and every message there is to send: `$publisher->user('42')->notify(…)`.
 *
 * Each method takes an `idempotencyKey`: the same key for the same recipient is published once in ten minutes. Each
 * returns what became of it, and throws only where the publisher was made with `throw: true`.
 */
final readonly class Target
{
    /**
     * @internal Made by {@see Publisher}.
     *
     * @param Closure(Closure(): Publication, string): Result $publish
     */
    public function __construct(
        private RecipientKind $kind,
        private string $id,
        private Closure $publish,
    ) {
    }

    /**
     * Any type with any fields.
     *
     * @param array<array-key, mixed> $data
     */
    public function send(string $type, array $data = [], ?string $idempotencyKey = null): Result
    {
        return $this->publish($type, static fn (): array => Message::of($type, $data), $idempotencyKey);
    }

    /**
     * A chat message from the server.
     */
    public function message(string $message, ?string $idempotencyKey = null): Result
    {
        return $this->send('message', ['message' => $message], $idempotencyKey);
    }

    /**
     * A notification, which `<ws-notifications>` shows.
     *
     * @param array<array-key, mixed> $options `priority` (low, normal, high), `link` (http:, https: or a path), `id` (the
     *                                         same one is never shown twice), `actions` (at most three, each with a
     *                                         `label` and a `link` or a `name`), and what else is to be told.
     */
    public function notify(string $title, string $message = '', array $options = [], ?string $idempotencyKey = null): Result
    {
        return $this->publish(
            'notification',
            static fn (): array => Message::notification($title, $message, $options),
            $idempotencyKey,
        );
    }

    /**
     * A row is new.
     *
     * @param array<array-key, mixed>|object $row Only what everyone on the channel may see.
     */
    public function create(string $entity, array|object $row, ?string $idempotencyKey = null): Result
    {
        return $this->change($entity, 'create', $row, $idempotencyKey);
    }

    /**
     * Columns of a row have changed.
     *
     * @param array<array-key, mixed>|object $row Its `id`, and what of it everyone on the channel may see.
     */
    public function update(string $entity, array|object $row, ?string $idempotencyKey = null): Result
    {
        return $this->change($entity, 'update', $row, $idempotencyKey);
    }

    /**
     * A row is gone.
     */
    public function delete(string $entity, int|string $id, ?string $idempotencyKey = null): Result
    {
        return $this->change($entity, 'delete', ['id' => $id], $idempotencyKey);
    }

    /**
     * How a system is doing.
     *
     * @param array<array-key, mixed> $more Further fields.
     */
    public function status(
        string $system,
        string $status,
        string $message = '',
        array $more = [],
        ?string $idempotencyKey = null,
    ): Result {
        return $this->publish(
            'status_update',
            static fn (): array => Message::statusUpdate($system, $status, $message, $more),
            $idempotencyKey,
        );
    }

    /**
     * What a user is doing.
     *
     * @param array<array-key, mixed> $more Further fields.
     */
    public function activity(
        int|string $userId,
        string $activity,
        array $more = [],
        ?string $idempotencyKey = null,
    ): Result {
        return $this->publish(
            'user_activity',
            static fn (): array => Message::userActivity($userId, $activity, $more),
            $idempotencyKey,
        );
    }

    /**
     * @param array<array-key, mixed>|object $row
     */
    private function change(string $entity, string $action, array|object $row, ?string $idempotencyKey): Result
    {
        return $this->publish(
            'data_update',
            static fn (): array => Message::dataUpdate($entity, $action, $row),
            $idempotencyKey,
        );
    }

    /**
     * @param Closure(): array<array-key, mixed> $build
     */
    private function publish(string $type, Closure $build, ?string $idempotencyKey): Result
    {
        // The recipient too is made where what is wrong with it is caught.
        return ($this->publish)(
            fn (): Publication => new Publication(new Recipient($this->kind, $this->id), $build(), $idempotencyKey),
            $type,
        );
    }
}
