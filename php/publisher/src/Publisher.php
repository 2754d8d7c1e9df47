<?php

declare(strict_types=1);

namespace WsElements\Publisher;

use Closure;
use Psr\Log\LoggerInterface;
use Psr\Log\NullLogger;
use Throwable;
use WsElements\Publisher\Exceptions\InvalidMessage;
use WsElements\Publisher\Exceptions\PublishFailed;
use WsElements\Publisher\Exceptions\ReadFailed;

/**
 * Publishes to a channel, a user, one client or everyone.
 *
 * ```php
 * $publisher = new Publisher(new HttpDriver('http://127.0.0.1:8081', $apiKey), logger: $logger);
 * $publisher->user('42')->notify('New order', 'Order #12345', ['link' => '/orders/12345']);
 * ```
 *
 * A page never breaks by it: what goes wrong is in the {@see Result}, and in the log.
 */
final class Publisher
{
    /**
     * Codes that say that the same failure was logged when it began.
     */
    private const ALREADY_LOGGED = [Result::CIRCUIT_OPEN];

    /**
     * What a batch has so far; null outside of one.
     *
     * @var list<Publication|Result>|null
     */
    private ?array $collected = null;

    private readonly LoggerInterface $logger;

    /**
     * @param bool $throw Throws {@see PublishFailed} and {@see InvalidMessage} instead of logging, for commands and queue
     *                    workers, which can try again.
     */
    public function __construct(
        private readonly Driver $driver,
        ?LoggerInterface $logger = null,
        private readonly bool $throw = false,
    ) {
        $this->logger = $logger ?? new NullLogger();
    }

    /**
     * Everyone who follows a channel.
     */
    public function channel(string $name): Target
    {
        return $this->to(RecipientKind::Channel, $name);
    }

    /**
     * All pages and devices of a user.
     */
    public function user(int|string $id): Target
    {
        return $this->to(RecipientKind::User, (string) $id);
    }

    /**
     * One connection, by its `clientId`. Nothing is kept: who is not there does not get it later.
     */
    public function client(string $clientId): Target
    {
        return $this->to(RecipientKind::Client, $clientId);
    }

    /**
     * Everyone who is connected.
     */
    public function broadcast(): Target
    {
        return $this->to(RecipientKind::Broadcast, '');
    }

    /**
     * Publishes in one request what a callback sends to the publisher that it gets. Should the callback throw, nothing is.
     *
     * ```php
     * $publisher->batch(function (Publisher $batch) use ($products): void {
     *     foreach ($products as $product) {
     *         $batch->channel('products')->update('products', $product);
     *     }
     * });
     * ```
     *
     * @param callable(self): mixed $send
     *
     * @return list<Result> One each, in their order. Within the callback they are not known yet.
     */
    public function batch(callable $send): array
    {
        if ($this->collected !== null) {
            $before = count($this->collected);
            $send($this);

            return array_map(
                static fn (Publication|Result $each): Result => $each instanceof Result ? $each : Result::accepted(),
                array_slice($this->collected, $before),
            );
        }

        $batch            = clone $this;
        $batch->collected = [];
        $send($batch);
        $collected = $batch->collected;
        // Whoever kept it publishes at once from now on.
        $batch->collected = null;

        return $this->publishCollected($collected);
    }

    /**
     * What is ready to be published, as a queue's worker has it.
     *
     * @param list<Publication> $publications
     *
     * @return list<Result> One each, in their order.
     */
    public function publish(array $publications): array
    {
        if ($this->collected !== null) {
            array_push($this->collected, ...$publications);

            return array_map(static fn (): Result => Result::accepted(), $publications);
        }

        return $this->publishCollected($publications);
    }

    /**
     * Where a channel stands, for the `since` of an element; null where the server does not say.
     */
    public function position(string $channel): ?Position
    {
        return $this->positions([$channel])[$channel] ?? null;
    }

    /**
     * Where several channels stand, by one request.
     *
     * @param list<string> $channels
     *
     * @return array<string, Position> By channel; without those that the server did not tell.
     */
    public function positions(array $channels): array
    {
        return $this->read(static function (Reader $reader) use ($channels): array {
            foreach ($channels as $channel) {
                Names::channel($channel);
            }

            return $channels === [] ? [] : $reader->positions($channels);
        }, []);
    }

    /**
     * What the server keeps of a channel, for a page that renders it; empty where it does not say.
     *
     * @param int      $limit  1 to 100.
     * @param int|null $before An offset, exclusive; without it the newest.
     */
    public function history(string $channel, int $limit = 100, ?int $before = null): History
    {
        return $this->read(static function (Reader $reader) use ($channel, $limit, $before): History {
            Names::channel($channel);
            if ($limit < 1 || $limit > 100) {
                throw InvalidMessage::expected('limit', '1 to 100', $limit);
            }
            if ($before !== null && $before < 1) {
                throw InvalidMessage::expected('before', 'an offset from 1', $before);
            }

            return $reader->history($channel, $limit, $before);
        }, new History($channel));
    }

    private function to(RecipientKind $kind, string $id): Target
    {
        return new Target($kind, $id, $this->publishOne(...));
    }

    /**
     * @param Closure(): Publication $build
     */
    private function publishOne(Closure $build, string $type): Result
    {
        try {
            $publication = $build();
        } catch (Throwable $error) {
            if ($this->throw) {
                throw $error;
            }

            $result = $error instanceof InvalidMessage
                ? Result::failed(Result::INVALID_REQUEST, $error->getMessage(), $error->field)
                // An object's own jsonSerialize(), say.
                : Result::failed(Result::INVALID_REQUEST, $error::class . ': ' . $error->getMessage());
            $this->log([$result], [$type]);
            if ($this->collected !== null) {
                $this->collected[] = $result;
            }

            return $result;
        }
        if ($this->collected !== null) {
            $this->collected[] = $publication;

            return Result::accepted();
        }

        return $this->publishCollected([$publication])[0];
    }

    /**
     * @param list<Publication|Result> $collected Results stand for what could not be made.
     *
     * @return ($collected is non-empty-list ? non-empty-list<Result> : list<Result>)
     */
    private function publishCollected(array $collected): array
    {
        $publications = array_values(array_filter($collected, static fn ($each): bool => $each instanceof Publication));
        $answers      = $publications === [] ? [] : $this->askDriver($publications);
        $this->log($answers, array_map(static fn (Publication $each): string => "{$each->type} to {$each->recipient}", $publications));

        $results = [];
        $next    = 0;

        foreach ($collected as $each) {
            $results[] = $each instanceof Result ? $each : ($answers[$next++] ?? Result::failed(
                Result::UNEXPECTED_ANSWER,
                $this->driver::class . ' gave fewer results than it got publications',
            ));
        }
        if ($this->throw && $results !== []) {
            foreach ($results as $result) {
                if (! $result->ok) {
                    throw new PublishFailed($results);
                }
            }
        }

        return $results;
    }

    /**
     * @param non-empty-list<Publication> $publications
     *
     * @return list<Result>
     */
    private function askDriver(array $publications): array
    {
        try {
            return $this->driver->publish($publications);
        } catch (Throwable $error) {
            // A driver of the application's own, whose queue is gone, say.
            if ($this->throw) {
                throw $error;
            }
            $result = Result::failed(Result::UNREACHABLE, $error::class . ': ' . $error->getMessage());

            return array_map(static fn (): Result => $result, $publications);
        }
    }

    /**
     * One line a reason, however many publications failed by it. Texts and data stay out of it.
     *
     * @param list<Result> $results
     * @param list<string> $what    What each was.
     */
    private function log(array $results, array $what): void
    {
        if ($this->throw) {
            return;
        }

        $groups = [];

        foreach ($results as $index => $result) {
            if (! $result->ok) {
                $groups["{$result->code} {$result->message}"][] = $index;
            }
        }

        foreach ($groups as $indices) {
            $result = $results[$indices[0]];
            $others = count($indices) - 1;
            $this->logger->log(
                in_array($result->code, self::ALREADY_LOGGED, true) ? 'info' : 'error',
                // Values by context: CodeIgniter's logger, and others, fill in what stands in braces, also in a user's text.
                'WebSocket: not published ({code}): {what}: {reason}',
                [
                    'code'   => $result->code,
                    'what'   => ($what[$indices[0]] ?? '') . ($others > 0 ? " and {$others} more" : ''),
                    'reason' => self::withoutTexts((string) $result->message),
                ],
            );
        }
    }

    /**
     * @template T
     *
     * @param Closure(Reader): T $ask
     * @param T                  $otherwise
     *
     * @return T
     */
    private function read(Closure $ask, mixed $otherwise): mixed
    {
        if (! $this->driver instanceof Reader) {
            return $otherwise;
        }

        try {
            return $ask($this->driver);
        } catch (Throwable $error) {
            if ($this->throw) {
                throw $error;
            }
            $code = match (true) {
                $error instanceof ReadFailed     => $error->reason,
                $error instanceof InvalidMessage => Result::INVALID_REQUEST,
                default                          => Result::UNREACHABLE,
            };
            $this->logger->log(
                in_array($code, self::ALREADY_LOGGED, true) ? 'info' : 'error',
                'WebSocket: not read ({code}): {reason}',
                ['code' => $code, 'reason' => self::withoutTexts($error->getMessage())],
            );

            return $otherwise;
        }
    }

    /**
     * What was given may be somebody's message; in a log it has no business.
     */
    private static function withoutTexts(string $reason): string
    {
        return Excerpt::line((string) preg_replace('/, got ".*"/su', ', got a text', mb_scrub($reason, 'UTF-8')));
    }
}
