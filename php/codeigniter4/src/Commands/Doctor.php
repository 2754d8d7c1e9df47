<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Commands;

use CodeIgniter\CLI\CLI;
use CodeIgniter\Config\Services as FrameworkServices;
use Config\App;
use Config\Modules;
use WsElements\CodeIgniter\Console\Input;
use WsElements\CodeIgniter\Doctor\Check;
use WsElements\CodeIgniter\Doctor\Checks\AccessCheck;
use WsElements\CodeIgniter\Doctor\Checks\AddressCheck;
use WsElements\CodeIgniter\Doctor\Checks\DiscoveryCheck;
use WsElements\CodeIgniter\Doctor\Checks\PageCheck;
use WsElements\CodeIgniter\Doctor\Checks\ScriptCheck;
use WsElements\CodeIgniter\Doctor\Checks\SecretsCheck;
use WsElements\CodeIgniter\Doctor\Checks\ServerCheck;
use WsElements\CodeIgniter\Doctor\Checks\SocketCheck;
use WsElements\CodeIgniter\Doctor\Finding;
use WsElements\CodeIgniter\Doctor\Level;
use WsElements\CodeIgniter\Doctor\Subject;

/**
 * Finds what keeps an application from working, and says what to do about it.
 */
class Doctor extends Command
{
    protected const FLAGS = ['json'];

    /**
     * @var string
     */
    protected $name = 'ws:doctor';

    /**
     * @var string
     */
    protected $usage = 'ws:doctor [--json]';

    /**
     * @var string
     */
    protected $description = 'Checks everything between PHP and a page: settings, server, socket, policy, script. Ends with 1 where something fails.';

    /**
     * @var array<string, string>
     */
    protected $options = [
        '--json' => 'Prints the findings as JSON.',
    ];

    protected function execute(Input $input): int
    {
        $app      = config(App::class);
        $subject  = new Subject($this->settings(), $app->baseURL, array_values($app->allowedHostnames), ROOTPATH, FCPATH);
        $findings = [];

        foreach ($this->checks($app) as $check) {
            foreach ($check->check($subject) as $finding) {
                $findings[] = $finding;

                if (! $input->has('json')) {
                    self::tell($finding);
                }
            }
        }
        $failures = count(array_filter($findings, static fn (Finding $each): bool => $each->level === Level::Failure));
        $warnings = count(array_filter($findings, static fn (Finding $each): bool => $each->level === Level::Warning));

        if ($input->has('json')) {
            self::warnOfHeader();
            CLI::print(json_encode([
                'ok'       => $failures === 0,
                'findings' => array_map(static fn (Finding $each): array => $each->toArray(), $findings),
            ], JSON_THROW_ON_ERROR | JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE) . PHP_EOL);
        } else {
            CLI::newLine();
            CLI::write($failures === 0 ? "Nothing fails; {$warnings} warnings." : "{$failures} failures, {$warnings} warnings.", $failures === 0 ? 'green' : 'red');
        }

        return $failures === 0 ? self::DONE : self::FAILED;
    }

    /**
     * @return list<Check>
     */
    private function checks(App $app): array
    {
        $modules = new Modules();
        $routes  = FrameworkServices::routes()->getRoutes('GET');
        $prefix  = $app->indexPage === '' ? '' : "{$app->indexPage}/";

        return [
            new SecretsCheck(),
            new AccessCheck(),
            new DiscoveryCheck(
                $modules->enabled,
                array_values($modules->aliases),
                service('websocketconfig') !== null,
                array_map(strval(...), array_keys($routes)),
            ),
            new ScriptCheck(),
            new AddressCheck(),
            new ServerCheck(),
            new SocketCheck(),
            new PageCheck("{$prefix}websocket", "{$prefix}websocket/token"),
        ];
    }

    private static function tell(Finding $finding): void
    {
        CLI::write(sprintf('  %-7s  %-12s  %s', $finding->level->value, $finding->check, $finding->message), match ($finding->level) {
            Level::Good    => 'green',
            Level::Unknown => 'light_gray',
            Level::Warning => 'yellow',
            Level::Failure => 'red',
        });

        if ($finding->cure !== '') {
            CLI::write(str_repeat(' ', 25) . $finding->cure);
        }
    }
}
