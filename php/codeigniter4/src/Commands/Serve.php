<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Commands;

use CodeIgniter\CLI\CLI;
use Config\App;
use WsElements\CodeIgniter\Console\Application;
use WsElements\CodeIgniter\Console\Input;
use WsElements\CodeIgniter\Install\EnvFile;
use WsElements\CodeIgniter\Server\ServerCommand;
use WsElements\CodeIgniter\Server\ServerEnvironment;
use WsElements\CodeIgniter\Server\ServerProcess;
use WsElements\CodeIgniter\Server\ServerSettings;

/**
 * Starts the Node server with the application's settings.
 */
class Serve extends Command
{
    protected const VALUES = ['port', 'host', 'node', 'server'];
    protected const FLAGS  = ['debug', 'dry-run'];

    /**
     * @var string
     */
    protected $name = 'ws:serve';

    /**
     * @var string
     */
    protected $usage = 'ws:serve [--port N] [--host ADDRESS] [--node PATH] [--server PATH] [--debug] [--dry-run]';

    /**
     * @var string
     */
    protected $description = 'Starts the Node server with this application\'s secret, API key, port and origins. Ends with its exit code.';

    /**
     * @var array<string, string>
     */
    protected $options = [
        '--port'    => 'Port to listen on, instead of that of websocket.apiUrl.',
        '--host'    => 'Address to listen on. By default every one in development, and 127.0.0.1 behind a web server.',
        '--node'    => 'The Node to use.',
        '--server'  => 'The file of the server\'s command, instead of the one in node_modules/, or npx.',
        '--debug'   => 'Lets the server log every frame, tokens masked.',
        '--dry-run' => 'Only says what would be started. Secrets are not shown.',
    ];

    protected function execute(Input $input): int
    {
        $config   = $this->settings();
        $settings = ServerSettings::of($config, config(App::class)->baseURL, WRITEPATH);
        $port     = $input->number('port', 1, 65_535);
        $host     = $input->value('host');
        $secrets  = $settings->secrets();
        $command  = ServerCommand::find(ROOTPATH, $input->value('server') ?? $config->server, $input->value('node'));
        $envFile  = Application::envFile();
        $private  = is_file($envFile) ? (new EnvFile((string) file_get_contents($envFile)))->names() : [];
        $forced   = [
            // What the application signs with: a WS_SECRET of the shell's would let nobody in.
            ...$secrets,
            ...($port === null ? [] : ['WS_PORT' => (string) $port]),
            ...($host === null ? [] : ['WS_HOST' => $host]),
            // npx, and what it starts, look for Node there.
            ...($command->isFetched ? ['PATH' => dirname($command->node) . PATH_SEPARATOR . getenv('PATH')] : []),
            ...($input->has('debug') ? ['WS_DEBUG' => 'true'] : []),
        ];
        $environment = ServerEnvironment::of(getenv(), $private, $settings->environment(), $forced);

        if ($input->has('dry-run')) {
            CLI::write('in:   ' . ROOTPATH);
            CLI::write('runs: ' . implode(' ', $command->arguments));

            foreach ($environment as $name => $value) {
                if (str_starts_with($name, 'WS_')) {
                    CLI::write("with: {$name}=" . (array_key_exists($name, $secrets) ? '(' . strlen($value) . ' bytes)' : $value));
                }
            }

            return self::DONE;
        }
        if ($port !== null && $port !== $settings->port) {
            CLI::error("PHP publishes to port {$settings->port} and the server takes {$port}: set websocket.apiUrl = http://127.0.0.1:{$port} in .env", 'yellow');
        }
        if ($command->isFetched) {
            CLI::error('The server is not in node_modules/: npx runs it, and downloads it the first time. To keep it: npm install ' . ServerCommand::PACKAGE, '');
        }

        return ServerProcess::run($command->arguments, $environment, ROOTPATH);
    }
}
