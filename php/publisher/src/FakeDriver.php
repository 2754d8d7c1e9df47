<?php

declare(strict_types=1);

namespace WsElements\Publisher;

use WsElements\Publisher\Exceptions\ReadFailed;

/**
 * Stands for a server in an application's tests: keeps what was published, with positions as a server counts them.
 *
 * ```php
 * $fake = new FakeDriver();
 * (new Shop(new Publisher($fake)))->order(42);
 * self::assertCount(1, $fake->published('notification', 'user:42'));
 * ```
 */
final class FakeDriver implements Driver, Reader
{
    private const EPOCH = 'fake';

    /**
     * @var list<Publication>
     */
    private array $published = [];

    /**
     * By channel and key: the first's answer.
     *
     * @var array<string, Result>
     */
    private array $known = [];

    private ?Result $failure = null;

    public function publish(array $publications): array
    {
        return array_map($this->publishOne(...), $publications);
    }

    /**
     * What was published, the oldest first: all, or what is of a type, for a channel (`user:42`, `broadcast`), or that
     * a predicate takes.
     *
     * @param (callable(Publication): bool)|null $where
     *
     * @return list<Publication>
     */
    public function published(?string $type = null, ?string $channel = null, ?callable $where = null): array
    {
        return array_values(array_filter(
            $this->published,
            static fn (Publication $each): bool => ($type === null || $each->type === $type)
                && ($channel === null || $each->recipient->channel() === $channel)
                && ($where === null || $where($each)),
        ));
    }

    /**
     * From now on nothing is published, as if no server were there.
     */
    public function fail(string $code = Result::UNREACHABLE, string $message = 'no server is there'): void
    {
        $this->failure = Result::failed($code, $message);
    }

    /**
     * Forgets what was published, and that it fails.
     */
    public function reset(): void
    {
        $this->published = [];
        $this->known     = [];
        $this->failure   = null;
    }

    public function positions(array $channels): array
    {
        $this->readOrFail();
        $positions = [];

        foreach ($channels as $channel) {
            $positions[$channel] = new Position(self::EPOCH, count($this->published(channel: $channel)));
        }

        return $positions;
    }

    public function history(string $channel, int $limit = 100, ?int $before = null): History
    {
        $this->readOrFail();
        $kept         = $this->published(channel: $channel);
        $end          = $before === null ? count($kept) : min(count($kept), max(0, $before - 1));
        $begin        = max(0, $end - $limit);
        $publications = [];

        for ($index = $begin; $index < $end; $index++) {
            $publications[] = ['channel' => $channel, 'offset' => $index + 1, 'clientId' => 'server'] + $kept[$index]->data;
        }

        return new History($channel, new Position(self::EPOCH, count($kept)), $publications, $begin > 0);
    }

    private function readOrFail(): void
    {
        if ($this->failure !== null) {
            throw new ReadFailed((string) $this->failure->code, (string) $this->failure->message);
        }
    }

    private function publishOne(Publication $publication): Result
    {
        if ($this->failure !== null) {
            return $this->failure;
        }

        $key = $publication->idempotencyKey === null ? null : "{$publication->recipient} {$publication->idempotencyKey}";
        if ($key !== null && isset($this->known[$key])) {
            $first = $this->known[$key];

            return $first->channel === null
                ? $first
                : Result::published($first->channel, (string) $first->epoch, (int) $first->offset, true);
        }

        $this->published[] = $publication;
        $channel           = $publication->recipient->channel();
        $result            = $channel === null
            ? Result::delivered(true)
            : Result::published($channel, self::EPOCH, count($this->published(channel: $channel)));
        if ($key !== null) {
            $this->known[$key] = $result;
        }

        return $result;
    }
}
