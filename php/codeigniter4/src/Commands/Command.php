<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Commands;

use CodeIgniter\CLI\BaseCommand;
use CodeIgniter\CLI\CLI;
use InvalidArgumentException;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Config\WebSocket as WebSocketConfig;
use WsElements\CodeIgniter\Console\Failure;
use WsElements\CodeIgniter\Console\Input;
use WsElements\CodeIgniter\Console\UsageError;

/**
 * A command of this package. Exit codes: 0 it is done, 1 it could not be, 2 it was called wrongly. What is said of a
 * failure goes to the error stream, so that a script gets the result alone.
 */
abstract class Command extends BaseCommand
{
    public const DONE   = 0;
    public const FAILED = 1;
    public const MISUSE = 2;

    /**
     * Options that take a value.
     *
     * @var list<string>
     */
    protected const VALUES = [];

    /**
     * Options that take none.
     *
     * @var list<string>
     */
    protected const FLAGS = [];

    /**
     * Arguments, at most.
     *
     * @var int
     */
    protected const ARGUMENTS = 0;

    /**
     * @var string
     */
    protected $group = 'WebSocket';

    /**
     * @param array<int|string, mixed> $params
     */
    final public function run(array $params): int
    {
        try {
            return $this->execute(Input::parse($params, static::VALUES, static::FLAGS, static::ARGUMENTS));
        } catch (UsageError $error) {
            CLI::error("{$this->name}: {$error->getMessage()}");
            CLI::error("See: php spark {$this->name} --help", '');

            return self::MISUSE;
        } catch (Failure|InvalidArgumentException $error) {
            CLI::error("{$this->name}: {$error->getMessage()}");

            return self::FAILED;
        }
    }

    /**
     * @throws Failure
     * @throws InvalidArgumentException A setting can be none: that of the publisher package says it.
     * @throws UsageError
     */
    abstract protected function execute(Input $input): int;

    protected function settings(): WebSocketConfig
    {
        return Services::websocketconfig();
    }

    /**
     * Whether somebody is there to answer.
     */
    protected function isInteractive(): bool
    {
        return ENVIRONMENT !== 'testing' && defined('STDIN') && stream_isatty(STDIN) && stream_isatty(STDOUT);
    }

    /**
     * Where something lies, as short as it is clear.
     */
    protected static function shown(string $path): string
    {
        return str_starts_with($path, ROOTPATH) ? substr($path, strlen(ROOTPATH)) : $path;
    }

    /**
     * Tells whoever sends the output to a file that the framework has written a line of its own before it.
     */
    protected static function warnOfHeader(): void
    {
        $argv = $GLOBALS['argv'] ?? [];

        if (ENVIRONMENT !== 'testing' && is_array($argv) && ! in_array('--no-header', $argv, true) && ! stream_isatty(STDOUT)) {
            CLI::error('The first line of this output is spark\'s own. Leave it out with --no-header.', '');
        }
    }
}
