<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Support;

/**
 * The Node server of this project, by the Node that `WS_NODE` names or else that is found first, on a free port, its history in memory.
 */
final class NodeServer
{
    public const API_KEY = 'the-api-key-of-the-tests';
    public const SECRET  = 'a secret of the tests, 32 bytes and more';

    public readonly int $port;
    public readonly string $url;
    private readonly Process $process;

    /**
     * @param string ...$options Of its command line.
     */
    public function __construct(string ...$options)
    {
        $root          = dirname(__DIR__, 4);
        $node          = getenv('WS_NODE');
        $this->process = new Process(
            [$node === false ? 'node' : $node, "{$root}/server/src/cli.ts", '--host', '127.0.0.1', '--port', '0', '--history', 'memory', ...array_values($options)],
            ['WS_API_KEY' => self::API_KEY, 'WS_SECRET' => self::SECRET],
        );
        [, $port]   = $this->process->lineLike('~ws://[^ ]+:(\d+)~');
        $this->port = (int) $port;
        $this->url  = "http://127.0.0.1:{$this->port}";
    }

    public function stop(): void
    {
        $this->process->stop();
    }
}
