<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Commands;

use CodeIgniter\CLI\CLI;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Console\Input;
use WsElements\CodeIgniter\Console\UsageError;
use WsElements\Publisher\Circuit\CircuitBreaker;
use WsElements\Publisher\Circuit\MemoryCircuitStore;
use WsElements\Publisher\HttpDriver;
use WsElements\Publisher\Publisher;
use WsElements\Publisher\Result;
use WsElements\Publisher\Target;

/**
 * Publishes from the command line, from a cron job or a deployment's script.
 */
class Publish extends Command
{
    protected const VALUES    = ['channel', 'user', 'client', 'type', 'data', 'key'];
    protected const FLAGS     = ['broadcast', 'json'];
    protected const ARGUMENTS = 1;

    /**
     * @var string
     */
    protected $name = 'ws:publish';

    /**
     * @var string
     */
    protected $usage = 'ws:publish --channel NAME|--user ID|--client ID|--broadcast [message] [--type TYPE] [--data JSON] [--key KEY] [--json]';

    /**
     * @var string
     */
    protected $description = 'Publishes a message to a channel, a user, a client or everyone.';

    /**
     * @var array<string, string>
     */
    protected $arguments = [
        'message' => 'A chat message, or the text of a notification.',
    ];

    /**
     * @var array<string, string>
     */
    protected $options = [
        '--channel'   => 'To everyone who follows this channel.',
        '--user'      => 'To all pages and devices of this user.',
        '--client'    => 'To this connection.',
        '--broadcast' => 'To everyone who is connected.',
        '--type'      => 'Of the message (default "message").',
        '--data'      => 'Its fields, as a JSON object: \'{"title": "New order", "link": "/orders/7"}\'.',
        '--key'       => 'Idempotency key: what has the same one is published once in ten minutes.',
        '--json'      => 'Prints the answer as JSON.',
    ];

    protected function execute(Input $input): int
    {
        $result = $this->target($input)->send($input->value('type') ?? 'message', $this->data($input), $input->value('key'));

        if ($input->has('json')) {
            self::warnOfHeader();
            CLI::print(json_encode(array_filter([
                'ok'           => $result->ok,
                'channel'      => $result->channel,
                'position'     => $result->position() === null ? null : (string) $result->position(),
                'deduplicated' => $result->deduplicated ?: null,
                'delivered'    => $result->delivered,
                'error'        => $result->ok ? null : array_filter(['code' => $result->code, 'message' => $result->message, 'field' => $result->field]),
            ], static fn (mixed $each): bool => $each !== null), JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE) . PHP_EOL);
        } elseif ($result->ok) {
            CLI::write(self::told($result), 'green');
        } else {
            CLI::error("ws:publish: not published ({$result->code}): {$result->message}");
        }

        return match (true) {
            $result->ok                               => $result->delivered === false ? self::FAILED : self::DONE,
            $result->code === Result::INVALID_REQUEST => self::MISUSE,
            default                                   => self::FAILED,
        };
    }

    private function target(Input $input): Target
    {
        $to = array_filter([
            'channel'   => $input->value('channel'),
            'user'      => $input->value('user'),
            'client'    => $input->value('client'),
            'broadcast' => $input->has('broadcast') ? '' : null,
        ], static fn (?string $id): bool => $id !== null);

        if (count($to) !== 1) {
            throw new UsageError('to whom? Exactly one of --channel NAME, --user ID, --client ID and --broadcast');
        }
        $publisher = $this->publisher();

        return match (array_key_first($to)) {
            'channel'   => $publisher->channel(current($to)),
            'user'      => $publisher->user(current($to)),
            'client'    => $publisher->client(current($to)),
            'broadcast' => $publisher->broadcast(),
        };
    }

    /**
     * @return array<array-key, mixed>
     */
    private function data(Input $input): array
    {
        $json    = $input->value('data');
        $message = $input->argument();
        $data    = $json === null ? [] : json_decode($json, true);

        if (! is_array($data) || ($json !== null && ! str_starts_with(ltrim($json), '{'))) {
            throw new UsageError('--data: expected a JSON object, such as \'{"title": "New order"}\', got ' . (json_last_error() === JSON_ERROR_NONE ? 'another value' : 'what is no JSON (' . json_last_error_msg() . ')'));
        }
        if ($message === null && $json === null) {
            throw new UsageError('what? A message, or --data with a JSON object');
        }

        return $message === null ? $data : ['message' => $message] + $data;
    }

    /**
     * Somebody waits for the answer: the server is asked even if a request found it away a moment ago.
     */
    private function publisher(): Publisher
    {
        $config = $this->settings();

        return $config->driver === 'http' && ENVIRONMENT !== 'testing'
            ? new Publisher(new HttpDriver($config->apiUrl, $config->apiKey, circuit: new CircuitBreaker(new MemoryCircuitStore())))
            : Services::websocket()->publisher();
    }

    private static function told(Result $result): string
    {
        return match (true) {
            $result->delivered === true  => 'Delivered.',
            $result->delivered === false => 'Not delivered: no such client is connected.',
            $result->position() !== null => "Published to {$result->channel} at {$result->position()}" . ($result->deduplicated ? ', earlier: the key is known.' : '.'),
            default                      => 'Taken on.',
        };
    }
}
