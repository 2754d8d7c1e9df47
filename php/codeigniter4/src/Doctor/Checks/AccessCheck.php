<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor\Checks;

use WsElements\CodeIgniter\Authorizers\Authorizer;
use WsElements\CodeIgniter\Authorizers\DefaultChannel;
use WsElements\CodeIgniter\Authorizers\DenyAll;
use WsElements\CodeIgniter\Console\Application;
use WsElements\CodeIgniter\Doctor\Check;
use WsElements\CodeIgniter\Doctor\Finding;
use WsElements\CodeIgniter\Doctor\Subject;
use WsElements\CodeIgniter\Drivers\QueueDriver;

/**
 * Who may do what, and by which way publications leave.
 */
final class AccessCheck implements Check
{
    public function check(Subject $subject): iterable
    {
        $config = $subject->config;
        $class  = ltrim($config->authorizer, '\\');

        yield match (true) {
            ! is_a($class, Authorizer::class, true)                                                               => Finding::failure('authorizer', "websocket.authorizer: \"{$class}\" is no class that implements " . Authorizer::class . ': nobody gets a token.', 'php spark ws:make:authorizer writes one.'),
            $class === DenyAll::class                                                                             => Finding::warning('authorizer', 'None: users get notifications, and may read and write no channel.', 'php spark ws:make:authorizer writes one, if there is to be a chat or live data.'),
            $class === DefaultChannel::class && $config->allowGuests && ! Application::isLocal($subject->baseUrl) => Finding::warning('authorizer', "Anybody may read and write the channel \"{$config->channel}\".", 'If that is not meant: take websocket.allowGuests and websocket.authorizer out of .env, and php spark ws:make:authorizer.'),
            default                                                                                               => Finding::good('authorizer', $class),
        };

        yield match (true) {
            $config->driver === 'queue' && ! QueueDriver::isAvailable() => Finding::failure('driver', 'websocket.driver = queue, and there is no queue.', 'composer require codeigniter4/queue'),
            in_array($config->driver, ['log', 'null'], true)            => Finding::warning('driver', "websocket.driver = {$config->driver}: what PHP publishes reaches nobody.", 'Take the line out of .env.'),
            ! in_array($config->driver, ['http', 'queue'], true)        => Finding::failure('driver', "websocket.driver = {$config->driver}: there is none of that name.", 'http, queue, log or null'),
            default                                                     => Finding::good('driver', $config->driver),
        };
    }
}
