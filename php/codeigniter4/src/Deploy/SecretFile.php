<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Deploy;

use WsElements\CodeIgniter\Console\Failure;

/**
 * The server's secrets in a file that nobody else reads: they are written to it and shown nowhere.
 */
final class SecretFile
{
    /**
     * @param array<string, string> $secrets By the name of the variable.
     *
     * @throws Failure
     */
    public static function write(string $file, array $secrets, bool $replace): void
    {
        if (file_exists($file) && ! $replace) {
            throw new Failure("{$file}: is there already, and was left as it is. With --force it is replaced.");
        }

        foreach ($secrets as $name => $value) {
            if (preg_match('/["\'\\\\$`#\s\x00-\x1F\x7F]/', $value) === 1) {
                throw new Failure("{$name}: has a sign in it that files of this kind give a meaning. Make another one: take it out of .env and run php spark ws:install.");
            }
        }
        $text  = implode('', array_map(static fn (string $name, string $value): string => "{$name}={$value}\n", array_keys($secrets), $secrets));
        $new   = "{$file}.new-" . bin2hex(random_bytes(4));
        $umask = umask(0o077);

        try {
            // Nobody else's from its first byte on.
            if ((! is_dir(dirname($file)) && ! @mkdir(dirname($file), 0o755, true)) || @file_put_contents($new, $text) !== strlen($text) || ! @rename($new, $file)) {
                @unlink($new);

                throw new Failure("{$file}: cannot be written. Run this as a user who may, such as root.");
            }
        } finally {
            umask($umask);
        }
    }
}
