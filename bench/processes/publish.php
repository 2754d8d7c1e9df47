<?php

declare(strict_types=1);

/**
 * Measures what a publish costs a PHP request: `publish.php URL` with a server there and the key in WS_API_KEY. Prints JSON:
 * ms, one for each publish.
 */

use WsElements\Publisher\Circuit\CircuitBreaker;
use WsElements\Publisher\Circuit\FileCircuitStore;
use WsElements\Publisher\Http\CurlTransport;
use WsElements\Publisher\Http\StreamTransport;
use WsElements\Publisher\Http\Transport;
use WsElements\Publisher\HttpDriver;
use WsElements\Publisher\Publisher;

require __DIR__ . '/../../php/publisher/vendor/autoload.php';

$url   = (string) $argv[1];
$key   = (string) getenv('WS_API_KEY');
$file  = sys_get_temp_dir() . '/ws-elements-bench-' . getmypid() . '/circuit';
$fresh = static fn (string $url, Transport $transport): Publisher => new Publisher(
    new HttpDriver($url, $key, $transport, new CircuitBreaker(new FileCircuitStore($file))),
);
$forget = static function () use ($file): void {
    if (is_file($file)) {
        unlink($file);
    }
};
$time = static function (Publisher $publisher, bool $ok): float {
    $begin  = hrtime(true);
    $result = $publisher->user('42')->notify('New order', 'You have received a new order #12345', ['link' => '/orders/12345']);
    $ms     = (hrtime(true) - $begin) / 1e6;
    if ($result->ok !== $ok) {
        fwrite(STDERR, "{$result->code}: {$result->message}\n");

        exit(1);
    }

    return $ms;
};

/** @var array<string, list<float>> $measured */
$measured   = [];
$transports = ['curl' => CurlTransport::class, 'streams' => StreamTransport::class];

foreach ($transports as $name => $class) {
    // As each page does it: the first of a request, and the next.
    for ($round = 0; $round < 500; $round++) {
        $publisher                    = $fresh($url, new $class());
        $measured["{$name}, first"][] = $time($publisher, true);
        $measured["{$name}, next"][]  = $time($publisher, true);
    }
}

// Nobody listens.
foreach ($transports as $name => $class) {
    for ($round = 0; $round < 50; $round++) {
        $forget();
        $measured["refused, {$name}"][] = $time($fresh('http://127.0.0.1:1', new $class()), false);
    }
}

// Nobody answers, as behind a firewall: a queue of connections that is full and that nobody takes from.
$listener = stream_socket_server('tcp://127.0.0.1:0', context: stream_context_create(['socket' => ['backlog' => 0]]));
$hole     = (string) stream_socket_get_name($listener, false);
$waiting  = [];

for ($number = 0; $number < 3; $number++) {
    $waiting[] = stream_socket_client("tcp://{$hole}", timeout: 1, flags: STREAM_CLIENT_CONNECT | STREAM_CLIENT_ASYNC_CONNECT);
}

foreach ($transports as $name => $class) {
    for ($round = 0; $round < 5; $round++) {
        $forget();
        $measured["silent, {$name}"][] = $time($fresh("http://{$hole}", new $class()), false);
    }
}

// The circuit is open; each publish is another request's.
for ($round = 0; $round < 2000; $round++) {
    $measured['while the circuit is open'][] = $time($fresh("http://{$hole}", new CurlTransport()), false);
}
$forget();
rmdir(dirname($file));

echo json_encode($measured, JSON_THROW_ON_ERROR);
