<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Server;

use WsElements\CodeIgniter\Console\Failure;

/**
 * The server in the place of this process, or below it where the system cannot do that.
 */
final class ServerProcess
{
    /**
     * Passed on where this process stays.
     */
    private const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'];

    /**
     * s, between two looks whether it still runs; a signal wakes at once.
     */
    private const PAUSE = 1;

    /**
     * @param non-empty-list<string> $command
     * @param array<string, string>  $environment
     *
     * @return int Its exit code, if it was not put in the place of this process.
     *
     * @throws Failure It cannot be started.
     */
    public static function run(array $command, array $environment, string $folder, bool $replace = true): int
    {
        if ($replace && function_exists('pcntl_exec') && @chdir($folder)) {
            // Signals and the exit code are then the server's own. Returns only where it failed.
            @pcntl_exec($command[0], array_slice($command, 1), $environment);
        }

        return self::supervise($command, $environment, $folder);
    }

    /**
     * @param non-empty-list<string> $command
     * @param array<string, string>  $environment
     */
    private static function supervise(array $command, array $environment, string $folder): int
    {
        $process = null;
        $early   = null;

        // Before it is started: a signal that came in between would end this process, and leave the server behind.
        if (function_exists('pcntl_signal')) {
            pcntl_async_signals(true);

            foreach (array_filter(self::SIGNALS, defined(...)) as $name) {
                $signal = constant($name);
                pcntl_signal(is_int($signal) ? $signal : 0, static function (int $number) use (&$process, &$early): void {
                    if (is_resource($process)) {
                        proc_terminate($process, $number);
                    } else {
                        $early = $number;
                    }
                });
            }
        }

        // PHP hands a file over at the place where this stream of it stands, which knows nothing of what `echo` wrote.
        foreach ([STDOUT, STDERR] as $stream) {
            if (stream_get_meta_data($stream)['seekable']) {
                fseek($stream, 0, SEEK_END);
            }
        }
        $process = @proc_open($command, [STDIN, STDOUT, STDERR], $pipes, $folder, $environment);

        if (! is_resource($process)) {
            $reason = error_get_last()['message'] ?? 'no reason given';

            throw new Failure("{$command[0]}: cannot be started ({$reason}). Is it a program that this user may run?");
        }
        if ($early !== null) {
            proc_terminate($process, $early);
        }

        while (($status = proc_get_status($process))['running']) {
            sleep(self::PAUSE);
        }

        // As a shell says it of a process that a signal ended.
        return $status['signaled'] ? 128 + $status['termsig'] : $status['exitcode'];
    }
}
