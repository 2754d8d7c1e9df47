<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Support;

use RuntimeException;
use stdClass;

/**
 * An application of a framework in a folder of its own, made by Composer, with this package in it.
 */
final class Skeleton
{
    /**
     * s, of one command of Composer, which may have to download a framework.
     */
    private const TIMEOUT = 120;

    public readonly string $folder;

    private function __construct()
    {
        $this->folder = sys_get_temp_dir() . '/ws-elements-framework-' . bin2hex(random_bytes(6));
        mkdir($this->folder);
    }

    /**
     * @param string               $package What is asked for first: where Composer cannot get that, it can get nothing.
     * @param array<string,string> $require What the application needs beside.
     * @param bool                 $project Whether it is one that `composer create-project` begins with.
     *
     * @throws FrameworkUnavailable
     * @throws RuntimeException     Composer can get it, and not what belongs to it.
     */
    public static function make(string $package, array $require = [], bool $project = true): self
    {
        $self = new self();

        try {
            try {
                $self->composer(...($project ? ['create-project', '--no-install', '--no-scripts', $package, $self->folder] : ['show', '--available', $package]));
            } catch (RuntimeException $e) {
                throw new FrameworkUnavailable($e->getMessage());
            }
            $self->require($require);
            $self->composer('update', '--no-dev');
        } catch (RuntimeException $e) {
            $self->remove();

            throw $e;
        }

        return $self;
    }

    public function write(string $path, string $text): void
    {
        $file = "{$this->folder}/{$path}";
        if (! is_dir(dirname($file))) {
            mkdir(dirname($file), recursive: true);
        }
        file_put_contents($file, $text);
    }

    public function append(string $path, string $text): void
    {
        file_put_contents("{$this->folder}/{$path}", $text, FILE_APPEND);
    }

    /**
     * Puts a text behind another, once; an error where that is not, so that nothing is tested that is not there.
     */
    public function insert(string $path, string $behind, string $text): void
    {
        $was   = (string) file_get_contents("{$this->folder}/{$path}");
        $place = strpos($was, $behind);
        if ($place === false) {
            throw new RuntimeException("{$path}: has no {$behind}");
        }
        file_put_contents("{$this->folder}/{$path}", substr_replace($was, $text, $place + strlen($behind), 0));
    }

    /**
     * Runs PHP in its folder, to its end.
     */
    public function php(string ...$arguments): void
    {
        $this->run([PHP_BINARY, ...array_values($arguments)]);
    }

    public function remove(): void
    {
        self::removeFolder($this->folder);
    }

    /**
     * @param array<string, string> $require
     */
    private function require(array $require): void
    {
        $file     = "{$this->folder}/composer.json";
        $composer = is_file($file) ? json_decode((string) file_get_contents($file), flags: JSON_THROW_ON_ERROR) : new stdClass();
        if (! $composer instanceof stdClass) {
            throw new RuntimeException("{$file}: expected an object");
        }
        $all = [...(array) ($composer->require ?? []), ...(array) ($composer->{'flex-require'} ?? []), ...$require, 'ws-elements/publisher' => '@dev'];
        // Flex asks another host for what it writes; this is a tool for development, as are those that are taken out.
        unset($all['symfony/flex'], $all['laravel/tinker'], $composer->{'require-dev'}, $composer->{'flex-require'}, $composer->{'scripts'});
        $composer->require      = $all;
        $composer->repositories = [['type' => 'path', 'url' => dirname(__DIR__, 2), 'options' => ['symlink' => false]]];
        $this->write('composer.json', json_encode($composer, JSON_THROW_ON_ERROR | JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES));
    }

    private function composer(string ...$arguments): void
    {
        $this->run(['timeout', (string) self::TIMEOUT, 'composer', '--no-interaction', '--quiet', ...array_values($arguments)], ['COMPOSER_ALLOW_SUPERUSER' => '1']);
    }

    /**
     * @param non-empty-list<string> $command
     * @param array<string, string>  $environment
     */
    private function run(array $command, array $environment = []): void
    {
        $process = proc_open(['sh', '-c', 'exec "$0" "$@" 2>&1', ...$command], [['file', '/dev/null', 'r'], ['pipe', 'w']], $pipes, $this->folder, $environment + getenv());
        $said    = is_resource($process) ? (string) stream_get_contents($pipes[1]) : '';
        $code    = is_resource($process) ? proc_close($process) : 127;
        if ($code !== 0) {
            throw new RuntimeException(implode(' ', $command) . ": ended with {$code}\n{$said}");
        }
    }

    private static function removeFolder(string $folder): void
    {
        foreach (array_diff((array) scandir($folder), ['.', '..', false]) as $name) {
            $path = "{$folder}/{$name}";
            is_dir($path) && ! is_link($path) ? self::removeFolder($path) : unlink($path);
        }
        rmdir($folder);
    }
}
