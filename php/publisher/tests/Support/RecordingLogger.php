<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Support;

use Psr\Log\AbstractLogger;
use Stringable;

/**
 * Keeps what was logged, filled in as a log shows it.
 */
class RecordingLogger extends AbstractLogger
{
    /**
     * @var list<array{level: string, text: string}>
     */
    public array $entries = [];

    /**
     * @param array<array-key, mixed> $context
     */
    public function log(mixed $level, string|Stringable $message, array $context = []): void
    {
        $values = [];

        foreach ($context as $name => $value) {
            $values["{{$name}}"] = is_string($value) ? $value : (string) json_encode($value);
        }
        $this->entries[] = ['level' => is_string($level) ? $level : '', 'text' => strtr((string) $message, $values)];
    }

    /**
     * @return list<string> As `level text`.
     */
    public function lines(): array
    {
        return array_map(static fn (array $entry): string => "{$entry['level']} {$entry['text']}", $this->entries);
    }
}
