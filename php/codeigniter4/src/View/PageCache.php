<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\View;

use CodeIgniter\Cache\ResponseCache;

/**
 * Whether the framework keeps this page for everyone: `$this->cachePage(60)`. Such a page must hold nothing of the one
 * who happens to ask first, and no position, which would send everyone what has come since.
 */
final class PageCache
{
    public static function isOn(): bool
    {
        $cache = service('responsecache');

        if (! $cache instanceof ResponseCache) {
            return false;
        }

        // There is no way to ask.
        $seconds = (fn (): mixed => get_object_vars($this)['ttl'] ?? 0)->call($cache);

        return is_int($seconds) && $seconds > 0;
    }
}
