<?php

declare(strict_types=1);

/*
 * Runs the tests, the analysis and the style check inside a real CodeIgniter application, which Composer makes in the
 * temp folder once, and again when what it is made of changes.
 *
 *     php tests/run.php                      everything
 *     php tests/run.php test [PHPUnit's arguments]
 *     php tests/run.php analyse [PHPStan's arguments]
 *     php tests/run.php style [--fix]
 *     php tests/run.php app                  only makes the application, and prints where it is
 *
 * WS_COMPOSER_REPOSITORIES   further Composer repositories, for example with a branch of the framework: a JSON array of
 *                            repository objects, or the path of a file with one
 * WS_CODEIGNITER             the framework's version, "^4.5" by default
 *
 * Exit code 77: Composer cannot get CodeIgniter here, nothing was tested.
 */

require __DIR__ . '/Support/CodeIgniterUnavailable.php';
require __DIR__ . '/Support/TestApplication.php';

use WsElements\CodeIgniter\Tests\Support\CodeIgniterUnavailable;
use WsElements\CodeIgniter\Tests\Support\TestApplication;

const SKIPPED = 77;

$package   = dirname(__DIR__);
$arguments = array_values(array_map(strval(...), array_slice((array) $argv, 1)));
$command   = array_shift($arguments) ?? 'all';

try {
    $folder = TestApplication::fromEnvironment($package)->make(static function (string $line): void {
        fwrite(STDERR, $line . PHP_EOL);
    });
} catch (CodeIgniterUnavailable $e) {
    fwrite(STDERR, $e->getMessage() . PHP_EOL);
    fwrite(STDERR, 'SKIPPED php/codeigniter4: Composer cannot get CodeIgniter here, NOTHING of it was tested.' . PHP_EOL);

    exit(SKIPPED);
} catch (RuntimeException $e) {
    fwrite(STDERR, $e->getMessage() . PHP_EOL);

    exit(1);
}

$run = static function (string ...$command) use ($folder): int {
    $process = proc_open([PHP_BINARY, ...array_values($command)], [STDIN, STDOUT, STDERR], $pipes, $folder);

    return is_resource($process) ? proc_close($process) : 1;
};

$test    = static fn (string ...$more): int => $run('vendor/bin/phpunit', '--configuration', "{$package}/phpunit.xml.dist", ...$more);
$analyse = static fn (string ...$more): int => $run('vendor/bin/phpstan', 'analyse', '--no-progress', '--memory-limit=1G', '--configuration', "{$package}/phpstan.neon.dist", '--autoload-file', "{$folder}/vendor/autoload.php", ...$more);
$style   = static fn (string ...$more): int => $run(
    'vendor/bin/php-cs-fixer',
    'fix',
    '--show-progress=none',
    ...($more === ['--fix'] ? [] : ['--dry-run', '--diff']),
    ...['--config', "{$package}/.php-cs-fixer.dist.php", '--cache-file', "{$folder}/.php-cs-fixer.cache"],
);

switch ($command) {
    case 'app':
        echo $folder . PHP_EOL;

        exit(0);

    case 'test':
        exit($test(...$arguments));

    case 'analyse':
        exit($analyse(...$arguments));

    case 'style':
        exit($style(...$arguments));

    case 'all':
        exit(max($style(), $analyse(), $test()));

    default:
        fwrite(STDERR, "Expected test, analyse, style or app, got \"{$command}\"" . PHP_EOL);

        exit(2);
}
