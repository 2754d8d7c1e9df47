<?php

declare(strict_types=1);

namespace WsElements\Publisher\Exceptions;

use RuntimeException;
use WsElements\Publisher\Publisher;
use WsElements\Publisher\Result;

/**
 * Thrown where a {@see Publisher} was made with `throw: true`: something was not published.
 */
final class PublishFailed extends RuntimeException
{
    /**
     * Of everything that was to be published, in its order: what failed and what did not.
     *
     * @var non-empty-list<Result>
     */
    public readonly array $results;

    /**
     * @param non-empty-list<Result> $results
     */
    public function __construct(array $results)
    {
        $failed = array_values(array_filter($results, static fn (Result $result): bool => ! $result->ok));
        $first  = $failed[0] ?? $results[0];
        $of     = count($results) > 1 ? sprintf('%d of %d were not published; the first: ', count($failed), count($results)) : '';
        parent::__construct("{$of}{$first->code}: {$first->message}");
        $this->results = $results;
    }
}
