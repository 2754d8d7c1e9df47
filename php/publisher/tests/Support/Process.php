<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Support;

use RuntimeException;

/**
 * A process beside the test that says what it does line by line. It ends with the test.
 */
final class Process
{
    /**
     * @var resource
     */
    private $process;

    /**
     * @var array<int, resource>
     */
    private array $pipes = [];

    /**
     * @param non-empty-list<string> $command
     * @param array<string, string>  $env
     * @param bool                   $joinErrors Whether what it says on its error stream are lines, too.
     */
    public function __construct(array $command, array $env = [], ?string $folder = null, bool $joinErrors = false)
    {
        $process = proc_open(
            $joinErrors ? ['sh', '-c', 'exec "$0" "$@" 2>&1', ...$command] : $command,
            [['pipe', 'r'], ['pipe', 'w'], STDERR],
            $this->pipes,
            $folder,
            $env + getenv(),
        );
        if ($process === false) {
            throw new RuntimeException("{$command[0]} could not be started");
        }
        $this->process = $process;
    }

    public function __destruct()
    {
        $this->stop();
    }

    /**
     * The next line, without its end.
     */
    public function line(): string
    {
        $line = fgets($this->pipes[1]);
        if ($line === false) {
            throw new RuntimeException('the process ended without a word');
        }

        return rtrim($line, "\n");
    }

    /**
     * The first line that matches, and what it captured.
     *
     * @return list<string>
     */
    public function lineLike(string $pattern): array
    {
        $said = '';

        while (($line = fgets($this->pipes[1])) !== false) {
            if (preg_match($pattern, $line, $parts) === 1) {
                return array_values($parts);
            }
            $said .= $line;
        }

        throw new RuntimeException("the process ended before it said {$pattern}:\n{$said}");
    }

    /**
     * All that it still says, until it ends.
     */
    public function rest(): string
    {
        return (string) stream_get_contents($this->pipes[1]);
    }

    public function stop(): void
    {
        if (is_resource($this->process)) {
            proc_terminate($this->process, 9);
            array_map(fclose(...), $this->pipes);
            proc_close($this->process);
        }
    }
}
