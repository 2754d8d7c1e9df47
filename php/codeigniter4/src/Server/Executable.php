<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Server;

/**
 * Programs of this machine.
 */
final class Executable
{
    /**
     * Where a program lies; null if nowhere.
     *
     * @param string $command A path, or a name in PATH.
     */
    public static function find(string $command): ?string
    {
        if (str_contains($command, '/') || str_contains($command, '\\')) {
            return is_file($command) && is_executable($command) ? $command : null;
        }

        foreach (explode(PATH_SEPARATOR, getenv('PATH') ?: '') as $folder) {
            foreach (['', '.exe', '.cmd'] as $suffix) {
                $path = rtrim($folder, '/\\') . DIRECTORY_SEPARATOR . $command . $suffix;

                if ($folder !== '' && is_file($path) && is_executable($path)) {
                    return $path;
                }
            }
        }

        return null;
    }

    /**
     * What a program prints; empty if it cannot be started.
     *
     * @param non-empty-list<string> $command
     */
    public static function outputOf(array $command): string
    {
        $null    = PHP_OS_FAMILY === 'Windows' ? 'NUL' : '/dev/null';
        $process = @proc_open($command, [['file', $null, 'r'], ['pipe', 'w'], ['file', $null, 'w']], $pipes);

        if (! is_resource($process)) {
            return '';
        }
        $output = (string) stream_get_contents($pipes[1]);
        proc_close($process);

        return $output;
    }
}
