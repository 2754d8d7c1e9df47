<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Install;

use FilesystemIterator;
use RecursiveDirectoryIterator;
use RecursiveIteratorIterator;
use SplFileInfo;
use WsElements\CodeIgniter\Console\Failure;

/**
 * The script and what it fetches from beside itself, as they are built: found, and published under `public/`.
 */
final readonly class ScriptFiles
{
    public const SCRIPT = 'ws-elements.js';

    /**
     * What belongs to it.
     */
    private const BESIDE = ['extras', 'locales'];

    /**
     * @param string $folder Where `ws-elements.js` is.
     */
    private function __construct(public string $folder)
    {
    }

    /**
     * In the package, which has the script of its own version; else as npm installed it.
     *
     * @param string      $root The application's.
     * @param string|null $from A folder instead.
     *
     * @throws Failure
     */
    public static function find(string $root, ?string $from = null): self
    {
        return self::look($root, $from) ?? throw new Failure($from !== null
            ? '--from: expected a folder with ' . self::SCRIPT . ", got \"{$from}\""
            : self::SCRIPT . ' is not there: ' . implode(' and ', self::places($root)) . ' have none. Get it by "npm install ws-elements" in ' . $root . ', or name its folder with --from.');
    }

    /**
     * The same; null where there is none.
     */
    public static function look(string $root, ?string $from = null): ?self
    {
        foreach ($from === null ? self::places($root) : [$from] as $folder) {
            if (is_file("{$folder}/" . self::SCRIPT)) {
                return new self(rtrim($folder, '/'));
            }
        }

        return null;
    }

    /**
     * Of everything that is to be published, below the folder.
     *
     * @return list<string>
     */
    public function paths(): array
    {
        $paths = [self::SCRIPT];

        foreach (self::BESIDE as $name) {
            if (! is_dir("{$this->folder}/{$name}")) {
                continue;
            }

            /** @var SplFileInfo $file */
            foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator("{$this->folder}/{$name}", FilesystemIterator::SKIP_DOTS)) as $file) {
                if ($file->isFile() && in_array($file->getExtension(), ['js', 'json'], true)) {
                    $paths[] = str_replace('\\', '/', substr($file->getPathname(), strlen($this->folder) + 1));
                }
            }
        }
        sort($paths);

        return $paths;
    }

    /**
     * What of a published copy is missing or another version's.
     *
     * @param string $script Path of the published script, which may have another name.
     *
     * @return list<string> Paths of the copy.
     */
    public function stale(string $script): array
    {
        $stale = [];

        foreach ($this->paths() as $path) {
            $target = $this->target($script, $path);

            if (! is_file($target) || hash_file('sha256', $target) !== hash_file('sha256', "{$this->folder}/{$path}")) {
                $stale[] = $target;
            }
        }

        return $stale;
    }

    /**
     * Copies what has changed. A page never gets half of a file: each is there at once.
     *
     * @return list<string> What was written.
     *
     * @throws Failure
     */
    public function publish(string $script): array
    {
        $stale = $this->stale($script);

        foreach ($this->paths() as $path) {
            $target = $this->target($script, $path);

            if (! in_array($target, $stale, true)) {
                continue;
            }
            $folder = dirname($target);
            $new    = "{$target}.new-" . bin2hex(random_bytes(4));

            if ((! is_dir($folder) && ! @mkdir($folder, 0o755, true) && ! is_dir($folder)) || ! @copy("{$this->folder}/{$path}", $new) || ! @rename($new, $target)) {
                @unlink($new);

                throw new Failure("{$target}: cannot be written. Run this as the user that {$folder} belongs to.");
            }
        }

        return $stale;
    }

    private function target(string $script, string $path): string
    {
        return $path === self::SCRIPT ? $script : dirname($script) . "/{$path}";
    }

    /**
     * @return list<string>
     */
    private static function places(string $root): array
    {
        $root = rtrim($root, '/\\');

        return [dirname(__DIR__, 2) . '/assets', "{$root}/node_modules/ws-elements/dist"];
    }
}
