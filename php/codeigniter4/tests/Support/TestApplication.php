<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support;

use RuntimeException;

/**
 * A real application, as `composer create-project codeigniter4/appstarter` makes it, with this package, the one below it
 * and what tests need. Sources are linked, so that a change is seen at once.
 */
final class TestApplication
{
    /**
     * Changes when what is made here does.
     */
    private const VERSION = 1;

    /**
     * @param string      $package      The folder of this package.
     * @param list<mixed> $repositories Further Composer repositories.
     */
    public function __construct(
        private readonly string $package,
        private readonly array $repositories,
        private readonly string $framework,
    ) {
    }

    public static function fromEnvironment(string $package): self
    {
        return new self($package, self::readRepositories((string) getenv('WS_COMPOSER_REPOSITORIES')), getenv('WS_CODEIGNITER') ?: '^4.5');
    }

    /**
     * @param callable(string): void $tell Hears what takes long.
     *
     * @return string Its folder.
     *
     * @throws CodeIgniterUnavailable
     * @throws RuntimeException       Composer can get it, and not what belongs to it.
     */
    public function make(callable $tell): string
    {
        $publisher = dirname($this->package) . '/publisher';
        $sources   = array_map(static fn (string $file): string => (string) file_get_contents($file), [
            "{$this->package}/composer.json",
            "{$publisher}/composer.json",
            __FILE__,
        ]);
        $key    = hash('sha256', json_encode([self::VERSION, $this->package, $this->repositories, $this->framework, $sources, PHP_VERSION], JSON_THROW_ON_ERROR));
        $ours   = sys_get_temp_dir() . '/ws-elements-codeigniter4-' . substr(hash('sha256', $this->package), 0, 8);
        $folder = "{$ours}-" . substr($key, 0, 12);

        if (is_file("{$folder}/made")) {
            return $folder;
        }

        $tell("Making an application in {$folder} …");
        array_map($this->remove(...), glob("{$ours}-*") ?: []);

        $repositories = array_map(static fn (mixed $each): string => '--repository=' . json_encode($each, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES), $this->repositories);
        // Of the framework's version, where it names one and not a branch.
        $version = str_contains($this->framework, 'dev') ? [] : [$this->framework];
        $create  = ['create-project', 'codeigniter4/appstarter', $folder, ...$version, '--no-install', '--no-interaction', '--quiet'];

        // Repositories that are named here stand in the place of Packagist. They may have no appstarter.
        if (($repositories === [] || $this->composer([...$create, ...$repositories], sys_get_temp_dir(), $failure) !== 0)
            && $this->composer($create, sys_get_temp_dir(), $failure) !== 0) {
            throw new CodeIgniterUnavailable($failure);
        }

        $file     = "{$folder}/composer.json";
        $composer = json_decode((string) file_get_contents($file), true, flags: JSON_THROW_ON_ERROR);
        $composer = is_array($composer) ? $composer : [];
        // As released: a branch's name is no version that packages ask for.
        $linked      = static fn (string $path, string $name): array => ['type' => 'path', 'url' => $path, 'options' => ['symlink' => true, 'versions' => ["ws-elements/{$name}" => '0.1.0']]];
        $requirement = [
            'php'                      => '^8.2',
            'codeigniter4/framework'   => $this->framework,
            'codeigniter4/queue'       => '*',
            'codeigniter4/shield'      => '*',
            'ws-elements/codeigniter4' => '^0.1',
            'ws-elements/publisher'    => '^0.1',
        ];
        file_put_contents($file, json_encode([
            ...$composer,
            'repositories' => [$linked($this->package, 'codeigniter4'), $linked($publisher, 'publisher'), ...$this->repositories],
            'require'      => $requirement,
            'require-dev'  => [
                'codeigniter/coding-standard' => '^1.8',
                'friendsofphp/php-cs-fixer'   => '^3.70',
                'phpstan/phpstan'             => '^2.0',
                'phpstan/phpstan-phpunit'     => '^2.0',
                'phpunit/phpunit'             => '^11.5',
            ],
            'minimum-stability' => 'dev',
            'prefer-stable'     => true,
        ], JSON_THROW_ON_ERROR | JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES));

        if ($this->composer(['update', '--no-interaction', '--no-progress', '--quiet'], $folder, $failure) !== 0) {
            throw new RuntimeException($failure);
        }
        touch("{$folder}/made");

        return $folder;
    }

    /**
     * @return list<mixed>
     */
    private static function readRepositories(string $setting): array
    {
        if (trim($setting) === '') {
            return [];
        }

        $json         = str_starts_with(ltrim($setting), '[') ? $setting : (string) file_get_contents($setting);
        $repositories = json_decode($json, true);

        if (! is_array($repositories) || ! array_is_list($repositories)) {
            throw new RuntimeException('WS_COMPOSER_REPOSITORIES: expected a JSON array of Composer repositories, or the path of a file with one');
        }

        return $repositories;
    }

    /**
     * @param list<string> $arguments
     *
     * @param-out string $failure
     */
    private function composer(array $arguments, string $folder, ?string &$failure): int
    {
        $environment = array_filter(getenv(), static fn (string $name): bool => $name !== 'COMPOSER' && $name !== 'COMPOSER_DEV_MODE', ARRAY_FILTER_USE_KEY);
        $process     = proc_open(['composer', ...$arguments], [['file', '/dev/null', 'r'], ['file', '/dev/null', 'w'], ['pipe', 'w']], $pipes, $folder, $environment);

        if (! is_resource($process)) {
            $failure = 'composer cannot be started: install it, it is in Debian\'s package "composer"';

            return 1;
        }
        $failure = (string) stream_get_contents($pipes[2]);

        return proc_close($process);
    }

    private function remove(string $folder): void
    {
        if (is_link($folder) || is_file($folder)) {
            unlink($folder);
        } elseif (is_dir($folder)) {
            foreach (array_diff((array) scandir($folder), ['.', '..']) as $name) {
                $this->remove("{$folder}/{$name}");
            }
            rmdir($folder);
        }
    }
}
