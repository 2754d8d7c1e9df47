<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Http;

use InvalidArgumentException;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use WsElements\Publisher\Http\ServerUrl;

/**
 * @internal
 */
final class ServerUrlTest extends TestCase
{
    #[DataProvider('provideReads')]
    public function testReads(string $url, string $host, int $port, string $path, string $written): void
    {
        $server = ServerUrl::parse($url);

        $this->assertSame([$host, $port, $path], [$server->host, $server->port, $server->path]);
        $this->assertSame($written, (string) $server);
    }

    /**
     * @return iterable<array{string, string, int, string, string}>
     */
    public static function provideReads(): iterable
    {
        yield ['http://127.0.0.1:8081', '127.0.0.1', 8081, '', 'http://127.0.0.1:8081'];

        yield ['HTTP://LocalHost:8081/', 'localhost', 8081, '', 'http://localhost:8081'];

        yield ['https://shop.example', 'shop.example', 443, '', 'https://shop.example'];

        yield ['https://shop.example/ws/api-1/', 'shop.example', 443, '/ws/api-1', 'https://shop.example/ws/api-1'];

        yield ['http://ws_server:80/', 'ws_server', 80, '', 'http://ws_server'];

        yield ['http://[::1]:8081', '[::1]', 8081, '', 'http://[::1]:8081'];
    }

    #[DataProvider('provideRefuses')]
    public function testRefuses(string $url): void
    {
        try {
            ServerUrl::parse($url);
        } catch (InvalidArgumentException $error) {
            $this->assertStringStartsWith('url: expected', $error->getMessage());
            $this->assertStringNotContainsString('hunter2', $error->getMessage());
            $this->assertDoesNotMatchRegularExpression('/[\x00-\x1F]/', $error->getMessage());

            return;
        }
        $this->fail('it was taken');
    }

    /**
     * @return iterable<array{string}>
     */
    public static function provideRefuses(): iterable
    {
        yield [''];

        yield ['127.0.0.1:8081'];

        yield ['ftp://host'];

        yield ['file:///etc/passwd'];

        yield ['ws://host'];

        yield ['http://'];

        yield ['http://host:0'];

        yield ['http://host:65536'];

        yield ['http://host:x'];

        yield ['http://ho st'];

        yield ["http://host\r\nX: 1"];

        yield ["http://host/\0"];

        yield ['http://host?key=hunter2'];

        yield ['http://host#hunter2'];

        yield ['http://u:hunter2@host'];

        yield ['http://hunter2@host'];

        yield ["http://host\n"];

        yield ['http://höst'];
    }

    public function testKnowsThisMachine(): void
    {
        foreach (['localhost', '127.0.0.1', '127.1.2.3', '[::1]', 'ws.localhost'] as $host) {
            $this->assertTrue(ServerUrl::parse("http://{$host}:8081")->isLoopback(), $host);
        }

        foreach (['10.0.0.1', 'localhost.example', '127.example', 'example'] as $host) {
            $this->assertFalse(ServerUrl::parse("http://{$host}:8081")->isLoopback(), $host);
        }
    }
}
