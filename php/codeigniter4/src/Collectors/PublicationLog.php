<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Collectors;

use WsElements\Publisher\Publication;
use WsElements\Publisher\Result;

/**
 * What a request published, for the debug toolbar. In production nothing is kept.
 */
final class PublicationLog
{
    /**
     * A command that never ends publishes for ever; nobody reads more than this.
     */
    private const KEPT = 200;

    /**
     * @var list<PublishedBatch>
     */
    private array $batches = [];

    private int $kept  = 0;
    private int $count = 0;

    /**
     * @param non-empty-list<Publication> $publications
     * @param list<Result>                $results
     * @param float                       $start        s since 1970.
     * @param float                       $duration     s
     */
    public function add(array $publications, array $results, float $start, float $duration): void
    {
        $kept = array_slice($publications, 0, max(0, self::KEPT - $this->kept));
        $this->kept += count($kept);
        $this->count += count($publications);

        if ($kept !== []) {
            $this->batches[] = new PublishedBatch($kept, $results, count($publications), $start, $duration);
        }
    }

    /**
     * The oldest first; of very many only those.
     *
     * @return list<PublishedBatch>
     */
    public function batches(): array
    {
        return $this->batches;
    }

    /**
     * Publications, also those that are not kept.
     */
    public function count(): int
    {
        return $this->count;
    }
}
