<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support;

use RuntimeException;

/**
 * A fresh application of its own, whose commands run as a user runs them: by `php spark`, without a terminal.
 *
 * @internal
 */
final class SparkApplication
{
    public readonly string $folder;

    private function __construct()
    {
        $this->folder = sys_get_temp_dir() . '/ws-elements-spark-' . bin2hex(random_bytes(6));
        mkdir($this->folder);

        foreach (['app', 'public'] as $name) {
            Files::copy(HOMEPATH . $name, "{$this->folder}/{$name}");
        }

        foreach (['cache', 'logs', 'session', 'debugbar', 'uploads'] as $name) {
            mkdir("{$this->folder}/writable/{$name}", recursive: true);
        }
        copy(HOMEPATH . 'spark', "{$this->folder}/spark");
        copy(HOMEPATH . 'env', "{$this->folder}/env");
        symlink(HOMEPATH . 'vendor', "{$this->folder}/vendor");
    }

    public static function make(): self
    {
        return new self();
    }

    public function remove(): void
    {
        Files::remove($this->folder);
    }

    /**
     * @param array<string, string> $environment
     *
     * @return array{int, string, string} Exit code, output, errors.
     */
    public function spark(string $line, array $environment = []): array
    {
        $process = $this->start($line, $environment, $pipes);
        $output  = (string) stream_get_contents($pipes[1]);
        $errors  = (string) stream_get_contents($pipes[2]);

        return [proc_close($process), $output, $errors];
    }

    /**
     * @param array<string, string>     $environment
     * @param array<int, resource>|null $pipes
     *
     * @param-out array<int, resource> $pipes
     *
     * @return resource
     */
    public function start(string $line, array $environment, ?array &$pipes)
    {
        $process = proc_open(
            // Not by a shell: it takes no variable with a dot in its name.
            [PHP_BINARY, 'spark', '--no-header', ...array_map(strval(...), array_filter(str_getcsv($line, ' ', "'", ''), static fn (?string $word): bool => $word !== null && $word !== ''))],
            [['file', '/dev/null', 'r'], ['pipe', 'w'], ['pipe', 'w']],
            $pipes,
            $this->folder,
            ['PATH' => (string) getenv('PATH'), ...$environment],
        );

        return is_resource($process) ? $process : throw new RuntimeException('spark cannot be started');
    }

    public function read(string $path): string
    {
        return (string) file_get_contents("{$this->folder}/{$path}");
    }

    public function write(string $path, string $text): void
    {
        if (! is_dir(dirname("{$this->folder}/{$path}"))) {
            mkdir(dirname("{$this->folder}/{$path}"), recursive: true);
        }
        file_put_contents("{$this->folder}/{$path}", $text);
    }

    /**
     * A program that does what a shell script says.
     */
    public function program(string $path, string $script): string
    {
        $this->write($path, "#!/bin/sh\n{$script}\n");
        chmod("{$this->folder}/{$path}", 0o755);

        return "{$this->folder}/{$path}";
    }

    /**
     * A built script, as little of it as makes one.
     */
    public function buildScript(string $version): string
    {
        $this->write('built/ws-elements.js', "// {$version}");
        $this->write('built/ws-elements.js.map', '{}');
        $this->write('built/extras/outside-page.js', "// outside {$version}");
        $this->write('built/locales/de.json', '{}');

        return "{$this->folder}/built";
    }

    /**
     * Every file with its contents, time and mode.
     *
     * @return array<string, string>
     */
    public function state(): array
    {
        clearstatcache();
        $state = [];

        foreach (['.env', 'env', 'app', 'public'] as $name) {
            foreach (Files::all("{$this->folder}/{$name}") as $file) {
                $state[substr($file, strlen($this->folder) + 1)] = hash_file('sha256', $file) . ' ' . filemtime($file) . ' ' . decoct((int) fileperms($file));
            }
        }

        return $state;
    }
}
