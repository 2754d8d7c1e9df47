<?php

declare(strict_types=1);

namespace WsElements\Publisher;

/**
 * What the server keeps of a channel, for a page that renders it.
 */
final readonly class History
{
    /**
     * @param Position|null                 $position     Where the channel stands; null where the server did not answer.
     * @param list<array<array-key, mixed>> $publications As they were when they were live, the oldest first.
     * @param bool                          $more         Whether anything before them is kept.
     */
    public function __construct(
        public string $channel,
        public ?Position $position = null,
        public array $publications = [],
        public bool $more = false,
    ) {
    }
}
