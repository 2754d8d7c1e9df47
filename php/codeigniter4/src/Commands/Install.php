<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Commands;

use CodeIgniter\CLI\CLI;
use CodeIgniter\Config\Services as FrameworkServices;
use Config\App;
use Config\Database;
use Throwable;
use WsElements\CodeIgniter\Console\Application;
use WsElements\CodeIgniter\Console\Failure;
use WsElements\CodeIgniter\Console\Input;
use WsElements\CodeIgniter\Console\UsageError;
use WsElements\CodeIgniter\Identity\ShieldIdentityProvider;
use WsElements\CodeIgniter\Install\ConfigClass;
use WsElements\CodeIgniter\Install\ModelClass;
use WsElements\CodeIgniter\Install\ScriptFiles;
use WsElements\CodeIgniter\Install\Settings;
use WsElements\CodeIgniter\Install\Step;

/**
 * Makes an application ready. May be run again at any time, and is after each update of the package.
 */
class Install extends Command
{
    protected const VALUES = ['from'];
    protected const FLAGS  = ['closed', 'open', 'migrate', 'no-migrate'];

    /**
     * @var string
     */
    protected $name = 'ws:install';

    /**
     * @var string
     */
    protected $usage = 'ws:install [--migrate|--no-migrate] [--open|--closed] [--from FOLDER]';

    /**
     * @var string
     */
    protected $description = 'Makes this application ready for ws-elements: secret and API key in .env, the script under public/, a config class. Changes nothing that is there; run it again after an update.';

    /**
     * @var array<string, string>
     */
    protected $options = [
        '--migrate'    => 'Makes the table of notifications, without asking.',
        '--no-migrate' => 'Leaves the database alone, without asking.',
        '--open'       => 'Lets guests into the default channel, also where the base URL is not this machine\'s, or Shield is installed.',
        '--closed'     => 'Lets nobody in whom no authorizer grants something.',
        '--from'       => 'The folder with ws-elements.js, instead of the package\'s own or node_modules/.',
    ];

    protected function execute(Input $input): int
    {
        foreach ([['open', 'closed'], ['migrate', 'no-migrate']] as [$one, $other]) {
            if ($input->has($one) && $input->has($other)) {
                throw new UsageError("--{$one} and --{$other} exclude each other");
            }
        }

        $isComplete = true;
        $steps      = [
            fn (): array => $this->writeSettings($input),
            static fn (): array => [ConfigClass::install(APPPATH . 'Config/WebSocket.php')],
            fn (): array => $this->publishScript($input->value('from')),
            fn (): array => $this->migrate($input),
        ];

        // What one cannot do is no reason to leave out the others.
        foreach ($steps as $step) {
            try {
                foreach ($step() as $done) {
                    $this->tell($done);
                }
            } catch (Failure $failure) {
                $isComplete = false;
                CLI::error('  failed  ' . $failure->getMessage());
            }
        }

        if (! $isComplete) {
            CLI::error('ws:install: not complete, see above. Run it again then.');

            return self::FAILED;
        }
        $this->tellNext();

        return self::DONE;
    }

    /**
     * @return list<Step>
     */
    private function writeSettings(Input $input): array
    {
        // Where Shield says who people are, there is somebody to grant something to, and no need for guests.
        $isForATry = Application::isLocal(config(App::class)->baseURL) && ! ShieldIdentityProvider::isAvailable();
        $open      = $input->has('open') || (! $input->has('closed') && $isForATry);

        return (new Settings(Application::envFile(), ROOTPATH . 'env', $this->settings()))->install($open);
    }

    /**
     * @return list<Step>
     */
    private function publishScript(?string $from): array
    {
        $setting = $this->settings()->script;

        if (preg_match('~\A(?:https?:)?//~i', $setting) === 1) {
            return [Step::kept("the script: pages have it from {$setting}")];
        }

        $target  = FCPATH . ltrim($setting, '/');
        $files   = ScriptFiles::find(ROOTPATH, $from);
        $written = count($files->publish($target));

        return [$written === 0 ? Step::kept(self::shown($target)) : Step::made(self::shown($target) . " and what belongs to it ({$written} files)")];
    }

    /**
     * @return list<Step>
     */
    private function migrate(Input $input): array
    {
        $namespace = 'WsElements\CodeIgniter';
        $command   = "php spark migrate -n '{$namespace}'";

        if ((glob(dirname(__DIR__) . '/Database/Migrations/*.php') ?: []) === []) {
            return [];
        }
        if (! self::hasDatabase()) {
            return $input->has('migrate')
                ? throw new Failure("--migrate: no database is configured. Set database.default.* in .env, then: {$command}")
                : [Step::toDo("the table of notifications, once there is a database: {$command}")];
        }

        $isWanted = $input->has('migrate')
            || (! $input->has('no-migrate') && $this->isInteractive() && CLI::prompt('Make the table of notifications?', ['y', 'n']) === 'y');

        if (! $isWanted) {
            return [Step::toDo("the table of notifications, for those that are kept: {$command}")];
        }

        // Not by the command migrate, which says of a failure nothing but a text.
        $runner = FrameworkServices::migrations();

        try {
            $runner->clearCliMessages();
            $isDone = $runner->setNamespace($namespace)->latest();
        } catch (Throwable $error) {
            throw new Failure("the database: {$error->getMessage()} If database.default.* in .env is right: {$command}");
        }
        if (! $isDone) {
            throw new Failure("the database: a table could not be made, the log in writable/logs/ says why. Then: {$command}");
        }

        return [
            $runner->getCliMessages() === [] ? Step::kept('the tables of this package') : Step::made('the tables of this package'),
            ModelClass::install(APPPATH . 'Models/NotificationModel.php', APP_NAMESPACE),
        ];
    }

    private function tell(Step $step): void
    {
        CLI::write(sprintf('  %-6s  %s', $step->outcome, self::shortened($step->text)), match ($step->outcome) {
            'made'  => 'green',
            'to do' => 'yellow',
            default => null,
        });
    }

    private function tellNext(): void
    {
        $channel = $this->settings()->channel;

        CLI::newLine();
        CLI::write('Next: start the server,');
        CLI::write('    php spark ws:serve');
        CLI::write('and put this into a view:');
        CLI::write('    <?= ws_script() ?>');
        CLI::write("    <ws-chat channel=\"{$channel}\"></ws-chat>");
        CLI::write('What users may read and write, an authorizer says: php spark ws:make:authorizer');
        CLI::write('If something does not work: php spark ws:doctor');
    }

    private static function shortened(string $text): string
    {
        return str_replace(ROOTPATH, '', $text);
    }

    /**
     * The appstarter names a driver and no database; SQLite needs only a file.
     */
    private static function hasDatabase(): bool
    {
        $config   = config(Database::class);
        $settings = get_object_vars($config)[$config->defaultGroup] ?? [];

        if (! is_array($settings)) {
            return false;
        }

        return ($settings['database'] ?? '') !== '' || ($settings['DSN'] ?? '') !== '';
    }
}
