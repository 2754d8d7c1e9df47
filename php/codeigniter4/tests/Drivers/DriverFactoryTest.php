<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Drivers;

use CodeIgniter\Config\Services as FrameworkServices;
use PHPUnit\Framework\Attributes\CoversClass;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Drivers\DriverFactory;
use WsElements\CodeIgniter\Drivers\QueueDriver;
use WsElements\CodeIgniter\Tests\Support\TestCase;
use WsElements\Publisher\Driver;
use WsElements\Publisher\HttpDriver;
use WsElements\Publisher\LogDriver;
use WsElements\Publisher\NullDriver;

/**
 * @internal
 */
#[CoversClass(DriverFactory::class)]
final class DriverFactoryTest extends TestCase
{
    /**
     * @param class-string<Driver> $class
     */
    #[DataProvider('provideMakesWhatTheSettingsName')]
    public function testMakesWhatTheSettingsName(string $name, string $class): void
    {
        $this->settings->driver = $name;

        $this->assertInstanceOf($class, DriverFactory::make($this->settings, FrameworkServices::logger()));
    }

    /**
     * @return iterable<string, array{string, class-string<Driver>}>
     */
    public static function provideMakesWhatTheSettingsName(): iterable
    {
        yield 'http' => ['http', HttpDriver::class];

        yield 'log' => ['log', LogDriver::class];

        yield 'null' => ['null', NullDriver::class];

        yield 'queue' => ['queue', QueueDriver::class];

        yield 'another' => ['redis', HttpDriver::class];
    }

    public function testSaysWhatCanBeSet(): void
    {
        $this->settings->driver = 'redis';

        DriverFactory::make($this->settings, FrameworkServices::logger());

        $this->assertLogContains('error', 'websocket.driver: expected http, queue, log or null, got "redis"');
    }

    #[DataProvider('provideRemembersInEachStoreThatTheServerIsAway')]
    public function testRemembersInEachStoreThatTheServerIsAway(string $circuit): void
    {
        $this->settings->circuit = $circuit;
        // Nothing listens there, and no other test asks there.
        $this->settings->apiUrl = "http://127.0.0.1:1/{$circuit}" . bin2hex(random_bytes(4));
        $codes                  = [];

        for ($request = 0; $request < 2; $request++) {
            FrameworkServices::resetSingle('websocket');
            $codes[] = Services::websocket(false)->broadcast('maintenance')->code;
        }

        $this->assertSame(['unreachable', 'circuit_open'], $codes);
    }

    /**
     * @return iterable<string, array{string}>
     */
    public static function provideRemembersInEachStoreThatTheServerIsAway(): iterable
    {
        yield 'file' => ['file'];

        yield 'cache' => ['cache'];
    }

    public function testNeedsNoKeyToBeMade(): void
    {
        $this->settings->apiKey = '';

        $this->assertSame('misconfigured', Services::websocket(false)->broadcast('maintenance')->code);
        $this->assertLogContains('error', 'apiKey: expected');
    }
}
