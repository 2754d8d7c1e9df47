<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Collectors;

use WsElements\Publisher\Publication;
use WsElements\Publisher\Result;

/**
 * What left by one request to the server, and how long that took.
 */
final readonly class PublishedBatch
{
    /**
     * @param non-empty-list<Publication> $publications
     * @param list<Result>                $results      One each, in their order.
     * @param int                         $count        Publications, also those that are not kept.
     * @param float                       $start        s since 1970.
     * @param float                       $duration     s
     */
    public function __construct(
        public array $publications,
        public array $results,
        public int $count,
        public float $start,
        public float $duration,
    ) {
    }
}
