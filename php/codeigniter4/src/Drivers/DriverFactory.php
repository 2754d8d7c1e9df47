<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Drivers;

use CodeIgniter\Config\Services;
use Psr\Log\LoggerInterface;
use WsElements\CodeIgniter\Config\WebSocket as WebSocketConfig;
use WsElements\Publisher\Circuit\CircuitBreaker;
use WsElements\Publisher\Circuit\FileCircuitStore;
use WsElements\Publisher\Circuit\MemoryCircuitStore;
use WsElements\Publisher\Driver;
use WsElements\Publisher\HttpDriver;
use WsElements\Publisher\LogDriver;
use WsElements\Publisher\NullDriver;

/**
 * Makes the driver that the settings name.
 */
final class DriverFactory
{
    public static function make(WebSocketConfig $config, LoggerInterface $logger): Driver
    {
        switch ($config->driver) {
            case 'http':
                return self::http($config);

            case 'log':
                return new LogDriver($logger);

            case 'null':
                return new NullDriver();

            case 'queue':
                if (QueueDriver::isAvailable()) {
                    return new QueueDriver($config->queue, self::http($config));
                }
                $logger->error('websocket.driver: "queue" needs codeigniter4/queue: composer require codeigniter4/queue. Publishing at once instead.');

                return self::http($config);

            default:
                $logger->error('websocket.driver: expected http, queue, log or null, got "{driver}". Publishing by http.', ['driver' => $config->driver]);

                return self::http($config);
        }
    }

    /**
     * For a queue's worker. It keeps nobody waiting, and each of its tries is one of a few: it asks the server whatever
     * requests have found.
     */
    public static function worker(WebSocketConfig $config): HttpDriver
    {
        return new HttpDriver($config->apiUrl, $config->apiKey, circuit: new CircuitBreaker(new MemoryCircuitStore()));
    }

    private static function http(WebSocketConfig $config): HttpDriver
    {
        $store = $config->circuit === 'cache'
            ? new CacheCircuitStore(Services::cache(), $config->apiUrl)
            : new FileCircuitStore(self::circuitFile($config->apiUrl));

        return new HttpDriver($config->apiUrl, $config->apiKey, circuit: new CircuitBreaker($store));
    }

    /**
     * In a folder for each system user: the command line's could not be written by the web server's.
     */
    private static function circuitFile(string $apiUrl): string
    {
        $user = function_exists('posix_geteuid') ? (string) posix_geteuid() : 'php';

        return WRITEPATH . "cache/ws-elements-{$user}/circuit-" . substr(hash('sha256', $apiUrl), 0, 16);
    }
}
