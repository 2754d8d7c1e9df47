<?php

declare(strict_types=1);

namespace WsElements\Publisher;

use Psr\Log\LoggerInterface;

/**
 * Writes to a log what would be published: who gets which type as information, the data as a debug message.
 */
final class LogDriver implements Driver
{
    public function __construct(private readonly LoggerInterface $logger)
    {
    }

    public function publish(array $publications): array
    {
        return array_map(function (Publication $publication): Result {
            $context = ['type' => $publication->type, 'recipient' => (string) $publication->recipient];
            $this->logger->info('WebSocket: {type} to {recipient}', $context);
            $this->logger->debug('WebSocket: {type} to {recipient}: {data}', $context + ['data' => $publication->json]);

            return Result::accepted();
        }, $publications);
    }
}
