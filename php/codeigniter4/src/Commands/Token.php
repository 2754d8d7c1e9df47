<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Commands;

use CodeIgniter\CLI\CLI;
use WsElements\CodeIgniter\Authorizers\Authorizer;
use WsElements\CodeIgniter\Console\Failure;
use WsElements\CodeIgniter\Console\Input;
use WsElements\CodeIgniter\Console\UsageError;
use WsElements\CodeIgniter\Identity\Identity;
use WsElements\Publisher\Grants;
use WsElements\Publisher\Token as TokenIssuer;

/**
 * Prints a token, to try something by hand or to connect a program.
 */
class Token extends Command
{
    protected const VALUES    = ['name', 'read', 'write', 'types', 'lifetime'];
    protected const ARGUMENTS = 1;

    /**
     * @var string
     */
    protected $name = 'ws:token';

    /**
     * @var string
     */
    protected $usage = 'ws:token <user> [--name NAME] [--read PATTERNS] [--write PATTERNS] [--types TYPES] [--lifetime SECONDS]';

    /**
     * @var string
     */
    protected $description = 'Prints a token for a user. Without --read, --write and --types the application\'s authorizer says what it grants.';

    /**
     * @var array<string, string>
     */
    protected $arguments = [
        'user' => 'The user\'s id.',
    ];

    /**
     * @var array<string, string>
     */
    protected $options = [
        '--name'     => 'By which others see them.',
        '--read'     => 'Channels that may be followed, with commas between; * at the end stands for anything: lobby,orders-*',
        '--write'    => 'Channels that may be written to.',
        '--types'    => 'What may be sent beside messages.',
        '--lifetime' => 'Seconds, at most 86400 (default: websocket.tokenLifetime).',
    ];

    protected function execute(Input $input): int
    {
        $config   = $this->settings();
        $user     = $input->argument() ?? throw new UsageError('for whom? The user\'s id is missing');
        $lifetime = $input->number('lifetime', 1, TokenIssuer::MAX_LIFETIME) ?? $config->tokenLifetime;
        $name     = $input->value('name');

        if ($config->secret === '') {
            throw new Failure('websocket.secret: there is none. php spark ws:install makes one.');
        }
        $isExplicit = array_filter([$input->value('read'), $input->value('write'), $input->value('types')], is_string(...)) !== [];
        $grants     = $isExplicit
            ? new Grants($input->list('read'), $input->list('write'), $input->list('types'))
            : $this->grantsOf(new Identity($user, $name));

        $token = (new TokenIssuer($config->secret))->issue($user, $name, $grants, $lifetime);

        self::warnOfHeader();
        CLI::print($token . PHP_EOL);
        CLI::error(sprintf(
            'A secret: whoever has it is user %s for %d s. It may read %s, and write %s.',
            $user,
            $lifetime,
            implode(', ', $grants->read) ?: 'nothing but what everyone may',
            implode(', ', $grants->write) ?: 'nothing',
        ), 'yellow');

        return self::DONE;
    }

    private function grantsOf(Identity $identity): Grants
    {
        $class      = $this->settings()->authorizer;
        $authorizer = class_exists($class) ? new $class() : null;

        if (! $authorizer instanceof Authorizer) {
            throw new Failure('websocket.authorizer: expected a class that implements ' . Authorizer::class . ", got \"{$class}\". php spark ws:make:authorizer writes one.");
        }

        return $authorizer->authorize($identity) ?? throw new Failure("{$class} lets user {$identity->id} not even connect: no token. With --read and --write one is made all the same.");
    }
}
