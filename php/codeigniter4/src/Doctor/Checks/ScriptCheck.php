<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor\Checks;

use WsElements\CodeIgniter\Doctor\Check;
use WsElements\CodeIgniter\Doctor\Finding;
use WsElements\CodeIgniter\Doctor\Subject;
use WsElements\CodeIgniter\Install\ScriptFiles;

/**
 * Whether the published script is there, and that of this version.
 */
final class ScriptCheck implements Check
{
    private const INSTALL = 'php spark ws:install publishes it.';

    public function check(Subject $subject): iterable
    {
        $setting = $subject->config->script;

        if (preg_match('~\A(?:https?:)?//~i', $setting) === 1) {
            yield Finding::good('script', "pages have it from {$setting}");

            return;
        }
        $file   = rtrim($subject->public, '/\\') . '/' . ltrim($setting, '/');
        $source = ScriptFiles::look($subject->root);

        if (! is_file($file)) {
            yield Finding::failure('script', "{$file} is not there: no element shows.", self::INSTALL);

            return;
        }
        if ($source === null) {
            yield Finding::unknown('script', 'It is there; nothing says which version it should be.', 'npm install ws-elements, and run this again.');

            return;
        }
        $stale = $source->stale($file);

        yield $stale === []
            ? Finding::good('script', 'of this version')
            : Finding::failure('script', 'Not of this version: ' . implode(', ', array_map(basename(...), $stale)) . " in {$file}'s folder.", self::INSTALL . ' Browsers get it at once: its address changes with it.');
    }
}
