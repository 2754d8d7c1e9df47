<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support;

use FilesystemIterator;
use RecursiveDirectoryIterator;
use RecursiveIteratorIterator;
use SplFileInfo;

/**
 * @internal
 */
final class Files
{
    public static function temporaryFolder(): string
    {
        $folder = sys_get_temp_dir() . '/ws-elements-test-' . bin2hex(random_bytes(6));
        mkdir($folder);

        return $folder;
    }

    /**
     * @return list<string>
     */
    public static function all(string $path): array
    {
        if (! is_dir($path)) {
            return is_file($path) ? [$path] : [];
        }
        $files = [];

        /** @var SplFileInfo $file */
        foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator($path, FilesystemIterator::SKIP_DOTS)) as $file) {
            $files[] = $file->getPathname();
        }
        sort($files);

        return $files;
    }

    public static function copy(string $from, string $to): void
    {
        foreach (self::all($from) as $file) {
            $target = $to . substr($file, strlen($from));

            if (! is_dir(dirname($target))) {
                mkdir(dirname($target), recursive: true);
            }
            copy($file, $target);
        }
    }

    public static function remove(string $path): void
    {
        if (is_link($path) || is_file($path)) {
            unlink($path);
        } elseif (is_dir($path)) {
            foreach (array_diff((array) scandir($path), ['.', '..']) as $name) {
                self::remove("{$path}/{$name}");
            }
            rmdir($path);
        }
    }
}
