<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Commands;

use CodeIgniter\Test\CIUnitTestCase;
use WsElements\CodeIgniter\Console\Failure;
use WsElements\CodeIgniter\Server\Node;
use WsElements\CodeIgniter\Tests\Support\SparkApplication;

/**
 * @internal
 */
final class DoctorTest extends CIUnitTestCase
{
    private SparkApplication $own;

    protected function setUp(): void
    {
        parent::setUp();

        $this->own = SparkApplication::make();
        $this->own->spark("ws:install --from {$this->own->buildScript('1')}");
    }

    protected function tearDown(): void
    {
        $this->own->remove();

        parent::tearDown();
    }

    public function testFailsWhereNoServerRuns(): void
    {
        $this->own->write('.env', $this->own->read('.env') . "websocket.apiUrl = http://127.0.0.1:9\napp.baseURL = http://127.0.0.1:9/\nwebsocket.url = ws://127.0.0.1:9\n");
        [$code, $output, $errors] = $this->own->spark('ws:doctor --json');
        $answer                   = json_decode($output, true, flags: JSON_THROW_ON_ERROR);

        $this->assertIsArray($answer);
        $this->assertSame([1, false, ''], [$code, $answer['ok'], $errors]);
        $levels = array_column((array) $answer['findings'], 'level', 'check');
        $this->assertSame(
            ['secret' => 'ok', 'apiKey' => 'ok', 'discovery' => 'ok', 'server' => 'failure', 'upgrade' => 'failure', 'publish' => 'failure'],
            array_intersect_key($levels, array_flip(['secret', 'apiKey', 'discovery', 'server', 'upgrade', 'publish'])),
        );

        [, $text] = $this->own->spark('ws:doctor');
        $this->assertStringContainsString('php spark ws:serve starts the server.', $text);
    }

    public function testGoesTheWholeWayWithARealServer(): void
    {
        $repository = dirname(__DIR__, 4);
        $cli        = "{$repository}/server/src/cli.ts";

        try {
            $node = Node::find($repository);
        } catch (Failure $failure) {
            fwrite(STDERR, "\nSKIPPED: ws:doctor was NOT tried with a real server: {$failure->getMessage()}\n");
            $this->markTestSkipped('no Node');
        }
        if (! is_file($cli)) {
            $this->markTestSkipped('not in the repository');
        }
        $port = $this->freePort();
        $this->own->write('.env', $this->own->read('.env') . "websocket.apiUrl = http://127.0.0.1:{$port}\nwebsocket.url = ws://localhost:{$port}\napp.baseURL = http://localhost:9/\n");
        $server = $this->own->start("ws:serve --node {$node->path} --server {$cli}", ['WS_HISTORY' => 'memory'], $pipes);

        try {
            while (! str_contains((string) fgets($pipes[1]), 'listening')) {
                $this->assertFalse(feof($pipes[1]), (string) stream_get_contents($pipes[2]));
            }
            $levels = $this->findings();
            $this->assertSame(['ok', 'ok', 'ok', 'ok'], [$levels['server'], $levels['clock'], $levels['upgrade'], $levels['publish']]);

            [$code, $output, $errors] = $this->own->spark('ws:publish --channel lobby Hi');
            $this->assertSame(0, $code, $errors);
            $this->assertMatchesRegularExpression('/\APublished to lobby at [\w-]+:1\.\n\z/', ltrim($output));

            // Another secret and key than the server's.
            $this->own->write('.env', (string) preg_replace('/^(websocket\.(?:secret|apiKey) = )\w/m', '${1}zz', $this->own->read('.env')));
            $levels = $this->findings();
            $this->assertSame(['ok', 'failure', 'failure'], [$levels['server'], $levels['upgrade'], $levels['publish']]);
            $this->assertSame(1, $this->own->spark('ws:publish --channel lobby Hi')[0]);
        } finally {
            proc_terminate($server);
            stream_get_contents($pipes[1]);
            $code = proc_close($server);
        }
        $this->assertSame(0, $code);
    }

    /**
     * @return array<string, string>
     */
    private function findings(): array
    {
        $answer = json_decode($this->own->spark('ws:doctor --json')[1], true, flags: JSON_THROW_ON_ERROR);
        $levels = [];

        foreach (is_array($answer) && is_array($answer['findings'] ?? null) ? $answer['findings'] : [] as $finding) {
            if (is_array($finding) && is_string($finding['check'] ?? null) && is_string($finding['level'] ?? null)) {
                $levels[$finding['check']] = $finding['level'];
            }
        }

        return $levels;
    }

    private function freePort(): int
    {
        $socket = stream_socket_server('tcp://127.0.0.1:0');
        $this->assertIsResource($socket);
        $name = (string) stream_socket_get_name($socket, false);
        fclose($socket);

        return (int) substr($name, (int) strrpos($name, ':') + 1);
    }
}
