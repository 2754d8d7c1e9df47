<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Console;

use Config\Paths;

/**
 * What commands have to know of the application around them.
 */
final class Application
{
    /**
     * Where the framework reads `.env`.
     */
    public static function envFile(): string
    {
        $folder = get_object_vars(new Paths())['envDirectory'] ?? null;
        $folder = is_string($folder) ? (realpath($folder) ?: $folder) : ROOTPATH;

        return rtrim($folder, '/\\') . DIRECTORY_SEPARATOR . '.env';
    }

    /**
     * Whether pages of this address are seen by this machine's user only.
     */
    public static function isLocal(string $baseUrl): bool
    {
        $host = parse_url($baseUrl, PHP_URL_HOST);

        return is_string($host) && preg_match('/\A(?:(?:.+\.)?localhost|127\.[\d.]+|\[::1\]|.+\.test)\z/i', $host) === 1;
    }
}
