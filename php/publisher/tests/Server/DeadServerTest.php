<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Server;

use PHPUnit\Framework\TestCase;
use WsElements\Publisher\Circuit\CircuitBreaker;
use WsElements\Publisher\Circuit\FileCircuitStore;
use WsElements\Publisher\Http\CurlTransport;
use WsElements\Publisher\Http\StreamTransport;
use WsElements\Publisher\Http\Transport;
use WsElements\Publisher\HttpDriver;
use WsElements\Publisher\Publisher;
use WsElements\Publisher\Result;
use WsElements\Publisher\Tests\Support\NodeServer;
use WsElements\Publisher\Tests\Support\RecordingLogger;

/**
 * What a server that is gone costs: told by the connections that are tried, not by a clock.
 *
 * @internal
 */
final class DeadServerTest extends TestCase
{
    private string $file;
    private RecordingLogger $logger;

    /**
     * s since 1970; a test moves it.
     */
    private float $now = 1_700_000_000.0;

    protected function setUp(): void
    {
        $this->file   = sys_get_temp_dir() . '/ws-elements-test-' . bin2hex(random_bytes(6)) . '/circuit';
        $this->logger = new RecordingLogger();
    }

    protected function tearDown(): void
    {
        if (is_file($this->file)) {
            unlink($this->file);
            rmdir(dirname($this->file));
        }
    }

    /**
     * As a request of its own makes it: nothing but the file is shared.
     */
    private function publisher(string $url, Transport $transport = new CurlTransport(timeout: 0.2)): Publisher
    {
        $circuit = new CircuitBreaker(new FileCircuitStore($this->file), now: fn (): float => $this->now);

        return new Publisher(new HttpDriver($url, NodeServer::API_KEY, $transport, $circuit), $this->logger);
    }

    public function testIsAskedOnceByAllRequestsTogether(): void
    {
        // Takes connections, and never says a word.
        $server = stream_socket_server('tcp://127.0.0.1:0');
        $this->assertNotFalse($server);
        $url = 'http://' . stream_socket_get_name($server, false);

        for ($request = 0; $request < 20; $request++) {
            $publisher = $this->publisher($url, $request % 2 === 0 ? new CurlTransport(timeout: 0.2) : new StreamTransport(timeout: 0.2));
            $publisher->channel('lobby')->message('Hi');
            $publisher->user(42)->notify('Hi');
            $publisher->batch(static fn (Publisher $batch): Result => $batch->broadcast()->message('Hi'));
            $publisher->position('lobby');
            $publisher->history('lobby');
        }

        $this->assertSame(1, $this->countConnections($server));
        $this->assertSame(['error' => 1, 'info' => 99], $this->countLevels());

        // When its time has come, one tries again.
        $this->now += 5.1;
        $this->publisher($url)->channel('lobby')->message('Hi');
        $this->publisher($url)->channel('lobby')->message('Hi');
        $this->assertSame(1, $this->countConnections($server));
    }

    public function testIsPublishedToAgainWhenItIsBack(): void
    {
        $server = new NodeServer();
        $url    = $server->url;
        $this->assertTrue($this->publisher($url, new CurlTransport())->channel('lobby')->message('Hi')->ok);
        $server->stop();
        $codes = [$this->publisher($url)->channel('lobby')->message('Hi')->code, $this->publisher($url)->channel('lobby')->message('Hi')->code];
        $this->assertSame([Result::UNREACHABLE, Result::CIRCUIT_OPEN], $codes);

        $server = new NodeServer('--port', substr((string) strrchr($url, ':'), 1));
        $this->assertFalse($this->publisher($url)->channel('lobby')->message('Hi')->ok);
        $this->now += 5.1;
        $this->assertTrue($this->publisher($url, new CurlTransport())->channel('lobby')->message('Hi')->ok);
        $this->assertTrue($this->publisher($url, new CurlTransport())->channel('lobby')->message('Hi')->ok);
        $server->stop();
    }

    /**
     * That came since it was asked last.
     *
     * @param resource $server
     */
    private function countConnections($server): int
    {
        $read   = [$server];
        $none   = null;
        $number = 0;

        while (stream_select($read, $none, $none, 0) === 1) {
            $connection = stream_socket_accept($server);
            $this->assertNotFalse($connection);
            fclose($connection);
            $read = [$server];
            $number++;
        }

        return $number;
    }

    /**
     * @return array<string, int>
     */
    private function countLevels(): array
    {
        return array_count_values(array_column($this->logger->entries, 'level'));
    }
}
