<?php

declare(strict_types=1);

namespace WsElements\Publisher\Circuit;

/**
 * A small file for all requests of a machine and its user. Where it cannot be written, each process is on its own.
 */
final class FileCircuitStore implements CircuitStore
{
    private readonly MemoryCircuitStore $own;
    private ?bool $isUsable = null;

    /**
     * @param string $file In a folder that is this user's alone; made when it is needed.
     */
    public function __construct(private readonly string $file)
    {
        $this->own = new MemoryCircuitStore();
    }

    /**
     * In the system's folder for temporary files.
     *
     * @param string $server Its URL.
     */
    public static function inTemporaryFolder(string $server): self
    {
        $user = function_exists('posix_geteuid') ? (string) posix_geteuid() : 'php';

        return new self(sys_get_temp_dir() . "/ws-elements-{$user}/circuit-" . substr(hash('sha256', $server), 0, 16));
    }

    public function read(): ?CircuitState
    {
        // Closed and never opened, which is the rule: no more than this.
        if (! is_file($this->file)) {
            return $this->own->read();
        }
        if (! $this->isOurs()) {
            return $this->own->read();
        }

        $file = self::quietly(fn () => fopen($this->file, 'rb'));
        if ($file === false) {
            return $this->own->read();
        }

        // Not waited for: whoever could hold it would hold up the page.
        flock($file, LOCK_SH | LOCK_NB);
        $state = self::parse((string) fread($file, 64));
        fclose($file);

        return $state ?? $this->own->read();
    }

    public function swap(?CircuitState $expected, ?CircuitState $new): bool
    {
        $file = $this->openForWriting();
        if ($file === false) {
            return $this->own->swap($expected, $new);
        }
        $this->own->swap($this->own->read(), null);

        // Where it is taken, another process is saying the same.
        if (! flock($file, LOCK_EX | LOCK_NB)) {
            fclose($file);

            return false;
        }

        $state      = self::parse((string) fread($file, 64));
        $isExpected = $expected === null ? $state === null : $expected->equals($state);
        if ($isExpected) {
            rewind($file);
            ftruncate($file, 0);
            fwrite($file, $new === null ? '' : "{$new->failures} {$new->until}\n");
            fflush($file);
        }
        flock($file, LOCK_UN);
        fclose($file);

        return $isExpected;
    }

    /**
     * @return false|resource
     */
    private function openForWriting()
    {
        $folder = dirname($this->file);
        if (! is_dir($folder)) {
            self::quietly(static fn () => mkdir($folder, 0o700, true));
            clearstatcache(true, $folder);
            $this->isUsable = null;
        }

        return $this->isOurs() ? self::quietly(fn () => fopen($this->file, 'c+b')) : false;
    }

    /**
     * The folder's name can be guessed: one that somebody else has put there is left alone.
     */
    private function isOurs(): bool
    {
        return $this->isUsable ??= (function (): bool {
            $folder = dirname($this->file);

            return is_dir($folder) && ! is_link($folder) && ! is_link($this->file)
                && (! function_exists('posix_geteuid') || fileowner($folder) === posix_geteuid());
        })();
    }

    private static function parse(string $text): ?CircuitState
    {
        return preg_match('/\A(\d{1,9}) (\d{1,15})\n\z/', $text, $parts) === 1
            ? new CircuitState((int) $parts[1], (int) $parts[2])
            : null;
    }

    /**
     * Without the warnings that frameworks turn into exceptions.
     *
     * @template T
     *
     * @param callable(): T $do
     *
     * @return T
     */
    private static function quietly(callable $do): mixed
    {
        set_error_handler(static fn (): bool => true);

        try {
            return $do();
        } finally {
            restore_error_handler();
        }
    }
}
