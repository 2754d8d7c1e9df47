<?php

declare(strict_types=1);

namespace WsElements\Publisher;

/**
 * Takes publications to where they go.
 */
interface Driver
{
    /**
     * Never throws for what a server or a network does: that is in the results.
     *
     * @param list<Publication> $publications
     *
     * @return list<Result> One each, in their order.
     */
    public function publish(array $publications): array;
}
