<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Commands;

use CodeIgniter\CLI\CLI;
use WsElements\CodeIgniter\Console\Failure;
use WsElements\CodeIgniter\Console\Input;
use WsElements\CodeIgniter\Console\UsageError;

/**
 * Writes the class in which an application says who may do what.
 */
class MakeAuthorizer extends Command
{
    protected const FLAGS      = ['force'];
    protected const ARGUMENTS  = 1;
    private const DEFAULT_NAME = 'ChannelAuthorizer';
    private const TEXT         = <<<'PHP'
        <?php

        declare(strict_types=1);

        namespace {namespace};

        use WsElements\CodeIgniter\Authorizers\Authorizer;
        use WsElements\CodeIgniter\Identity\Identity;
        use WsElements\Publisher\Grants;

        /**
         * Says what a user may read, write and send over the WebSocket. Asked for each token, every ten minutes or so.
         */
        class {class} implements Authorizer
        {
            public function authorize(Identity $identity): ?Grants
            {
                // Not even a connection: return null;

                // What is named here is granted, and nothing else. A pattern is a channel, or a prefix and *: 'orders-*'.
                // Notifications, and what is published to everyone, come without.
                if ($identity->isGuest) {
                    return new Grants();
                }

                return new Grants(
                    read: ['{channel}'],
                    write: ['{channel}'],
                );
            }
        }

        PHP;

    /**
     * @var string
     */
    protected $name = 'ws:make:authorizer';

    /**
     * @var string
     */
    protected $usage = 'ws:make:authorizer [name] [--force]';

    /**
     * @var string
     */
    protected $description = 'Writes a class that says what users may read, write and send.';

    /**
     * @var array<string, string>
     */
    protected $arguments = [
        'name' => 'Of the class, below App\Authorizers (default "ChannelAuthorizer").',
    ];

    /**
     * @var array<string, string>
     */
    protected $options = [
        '--force' => 'Replaces the file.',
    ];

    protected function execute(Input $input): int
    {
        $name = $input->argument() ?? self::DEFAULT_NAME;

        if (preg_match('~\A[A-Za-z_][A-Za-z0-9_]*(?:[\\\\/][A-Za-z_][A-Za-z0-9_]*)*\z~', $name) !== 1) {
            throw new UsageError("expected the name of a class, such as ChannelAuthorizer, got \"{$name}\"");
        }

        $parts     = explode('\\', str_replace('/', '\\', $name));
        $class     = array_pop($parts);
        $namespace = implode('\\', [APP_NAMESPACE, 'Authorizers', ...$parts]);
        $folder    = APPPATH . implode('/', ['Authorizers', ...$parts]);
        $file      = "{$folder}/{$class}.php";

        if (file_exists($file) && ! $input->has('force')) {
            throw new Failure(self::shown($file) . ': is there already, and was left as it is. With --force it is replaced.');
        }
        $text = strtr(self::TEXT, ['{namespace}' => $namespace, '{class}' => $class, '{channel}' => addcslashes($this->settings()->channel, "'\\")]);

        if ((! is_dir($folder) && ! @mkdir($folder, 0o755, true)) || @file_put_contents($file, $text) !== strlen($text)) {
            throw new Failure("{$file}: cannot be written. Run this as the user that " . APPPATH . ' belongs to.');
        }

        CLI::write(self::shown($file) . ': written. It counts once it is named, in app/Config/WebSocket.php:', 'green');
        CLI::write("    public string \$authorizer = \\{$namespace}\\{$class}::class;");

        // What .env says goes before the class.
        if (env('websocket.authorizer', '') !== '') {
            CLI::write('and once the line websocket.authorizer is out of .env, which goes before it.');
        }

        return self::DONE;
    }
}
