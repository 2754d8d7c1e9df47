<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests;

use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use WsElements\Publisher\Position;

/**
 * @internal
 */
final class PositionTest extends TestCase
{
    public function testIsWrittenAsItIsRead(): void
    {
        $position = Position::parse('Zk3v9QxT:17');

        $this->assertNotNull($position);
        $this->assertSame('Zk3v9QxT', $position->epoch);
        $this->assertSame(17, $position->offset);
        $this->assertSame('Zk3v9QxT:17', (string) $position);
    }

    #[DataProvider('provideIsNoneOfAnythingElse')]
    public function testIsNoneOfAnythingElse(string $text): void
    {
        $this->assertNull(Position::parse($text));
    }

    /**
     * @return iterable<array{string}>
     */
    public static function provideIsNoneOfAnythingElse(): iterable
    {
        yield [''];

        yield ['17'];

        yield [':17'];

        yield ['a:'];

        yield ['a:-1'];

        yield ["a:1\n"];

        yield ['a:1234567890123456'];

        yield ['a b:1'];

        yield ['12345678901234567:1'];
    }
}
