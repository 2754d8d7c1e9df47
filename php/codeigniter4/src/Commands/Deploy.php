<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Commands;

use CodeIgniter\CLI\CLI;
use Config\App;
use WsElements\CodeIgniter\Console\Failure;
use WsElements\CodeIgniter\Console\Input;
use WsElements\CodeIgniter\Console\UsageError;
use WsElements\CodeIgniter\Deploy\ApacheTemplate;
use WsElements\CodeIgniter\Deploy\CaddyTemplate;
use WsElements\CodeIgniter\Deploy\Deployment;
use WsElements\CodeIgniter\Deploy\NginxTemplate;
use WsElements\CodeIgniter\Deploy\Pm2Template;
use WsElements\CodeIgniter\Deploy\SecretFile;
use WsElements\CodeIgniter\Deploy\SupervisorTemplate;
use WsElements\CodeIgniter\Deploy\SystemdTemplate;
use WsElements\CodeIgniter\Deploy\Template;
use WsElements\CodeIgniter\Server\ServerCommand;
use WsElements\CodeIgniter\Server\ServerSettings;

/**
 * Prints configurations for production, filled in with the application's settings.
 */
class Deploy extends Command
{
    protected const VALUES    = ['user', 'node', 'server', 'env-file', 'output'];
    protected const FLAGS     = ['force'];
    protected const ARGUMENTS = 1;
    private const TEMPLATES   = [
        'nginx'      => NginxTemplate::class,
        'apache'     => ApacheTemplate::class,
        'caddy'      => CaddyTemplate::class,
        'systemd'    => SystemdTemplate::class,
        'supervisor' => SupervisorTemplate::class,
        'pm2'        => Pm2Template::class,
    ];

    /**
     * Those that start the server, and have to know where it is.
     */
    private const STARTING = ['systemd', 'supervisor', 'pm2'];

    /**
     * @var string
     */
    protected $name = 'ws:deploy';

    /**
     * @var string
     */
    protected $usage = 'ws:deploy nginx|apache|caddy|systemd|supervisor|pm2|env [--output FILE [--force]] [--user NAME] [--env-file FILE] [--node PATH] [--server PATH]';

    /**
     * @var string
     */
    protected $description = 'Prints a filled-in configuration of a web server or a process manager. "env" writes the file with the secrets that the latter need.';

    /**
     * @var array<string, string>
     */
    protected $arguments = [
        'program' => 'nginx, apache, caddy, systemd, supervisor, pm2, or env',
    ];

    /**
     * @var array<string, string>
     */
    protected $options = [
        '--output'   => 'A file to write to, instead of printing. "env" prints nothing: its file is for its owner\'s eyes.',
        '--force'    => 'Replaces that file.',
        '--user'     => 'The user that the server runs as (default www-data).',
        '--env-file' => 'The file with the secrets (default /etc/ws-elements/HOST.env).',
        '--node'     => 'The Node to use.',
        '--server'   => 'The file of the server\'s command, instead of the one in node_modules/.',
    ];

    protected function execute(Input $input): int
    {
        $program  = $input->argument() ?? throw new UsageError('for what? One of ' . implode(', ', array_keys(self::TEMPLATES)) . ', env');
        $settings = ServerSettings::of($this->settings(), config(App::class)->baseURL, WRITEPATH);
        $output   = $input->value('output');

        if ($program === 'env') {
            SecretFile::write($output ?? throw new UsageError('env: name a file with --output. It has secrets, and is not printed.'), $settings->secrets(), $input->has('force'));
            CLI::write("{$output}: written, to be read by its owner only.");

            return self::DONE;
        }

        $template = self::TEMPLATES[$program] ?? throw new UsageError('expected one of ' . implode(', ', array_keys(self::TEMPLATES)) . ", env, got \"{$program}\"");
        $text     = $this->render(new $template(), $settings, $input, in_array($program, self::STARTING, true));

        if ($output === null) {
            self::warnOfHeader();
            CLI::print($text);

            return self::DONE;
        }
        if (file_exists($output) && ! $input->has('force')) {
            throw new Failure("{$output}: is there already, and was left as it is. With --force it is replaced.");
        }
        if (@file_put_contents($output, $text) !== strlen($text)) {
            throw new Failure("{$output}: cannot be written. Run this as a user who may.");
        }
        CLI::write("{$output}: written. What to do with it stands at its top.");

        return self::DONE;
    }

    private function render(Template $template, ServerSettings $settings, Input $input, bool $isStarting): string
    {
        $command = $isStarting ? ServerCommand::find(ROOTPATH, $input->value('server') ?? $this->settings()->server, $input->value('node')) : null;

        if ($command?->isFetched === true) {
            throw new Failure('the server is not installed here, and what starts with the machine is not downloaded then. In ' . ROOTPATH . ': npm install ' . ServerCommand::PACKAGE);
        }

        $deployment = new Deployment(
            host: $settings->pageHost,
            isSecure: $settings->isSecure,
            // In development browsers go to the port itself, and no path is named.
            path: $settings->isProxied ? $settings->path : '/ws',
            port: $settings->port,
            root: rtrim(ROOTPATH, '/\\'),
            public: rtrim(FCPATH, '/\\'),
            writable: rtrim(WRITEPATH, '/\\'),
            user: $input->value('user') ?? 'www-data',
            command: $command === null ? [] : $command->arguments,
            environmentFile: $input->value('env-file') ?? "/etc/ws-elements/{$settings->pageHost}.env",
            environment: Deployment::environmentOf($settings),
        );

        if (! $settings->isProxied) {
            CLI::error("Pages connect to port {$settings->port} themselves now. Behind a web server, .env needs: websocket.url = {$deployment->path}", 'yellow');
        }

        return $template->render($deployment);
    }
}
