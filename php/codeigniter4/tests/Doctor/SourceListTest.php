<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Doctor;

use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use WsElements\CodeIgniter\Doctor\SourceList;

/**
 * @internal
 */
final class SourceListTest extends TestCase
{
    /**
     * @param list<string> $policies
     */
    #[DataProvider('provideKnowsWhatABrowserForbids')]
    public function testKnowsWhatABrowserForbids(array $policies, string $target, ?string $forbids): void
    {
        $this->assertSame($forbids, SourceList::forbidsConnect($policies, $target, 'https://shop.example'));
    }

    /**
     * @return iterable<string, array{list<string>, string, string|null}>
     */
    public static function provideKnowsWhatABrowserForbids(): iterable
    {
        $same = 'wss://shop.example';

        yield 'no policy' => [[], $same, null];

        yield 'nothing about it' => [["script-src 'self'"], $same, null];

        yield 'self' => [["connect-src 'self'"], $same, null];

        yield 'self, another port' => [["connect-src 'self'"], 'wss://shop.example:8081', "connect-src 'self'"];

        yield 'none' => [["default-src 'none'"], $same, "default-src 'none'"];

        yield 'connect-src before default-src' => [["default-src 'none'; connect-src 'self'"], $same, null];

        yield 'a scheme' => [['connect-src wss:'], $same, null];

        yield 'another scheme' => [['connect-src https:'], $same, 'connect-src https:'];

        yield 'by name' => [["connect-src 'none' wss://live.example:8443"], 'wss://live.example:8443', null];

        yield 'by https' => [['connect-src https://live.example'], 'wss://live.example', null];

        yield 'a part of the name' => [['connect-src wss://live.example'], 'wss://live.example.evil', 'connect-src wss://live.example'];

        yield 'a wildcard' => [['connect-src wss://*.example'], 'wss://live.example', null];

        yield 'a wildcard is no name' => [['connect-src *.live.example'], 'wss://live.example', 'connect-src *.live.example'];

        yield 'any port' => [['connect-src ws://localhost:*'], 'ws://localhost:8081', null];

        yield 'two policies, one forbids' => [["connect-src 'self', default-src 'none'"], $same, "default-src 'none'"];

        yield 'two headers, one forbids' => [["connect-src 'self'", 'connect-src https:'], $same, 'connect-src https:'];
    }
}
