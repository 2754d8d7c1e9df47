<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Console;

use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use WsElements\CodeIgniter\Console\Input;
use WsElements\CodeIgniter\Console\UsageError;

/**
 * @internal
 */
final class InputTest extends TestCase
{
    public function testGivesBackWhatTheFrameworkTakesForAFlagsValue(): void
    {
        $input = Input::parse(['broadcast' => 'Hi'], ['type'], ['broadcast'], 1);

        $this->assertTrue($input->has('broadcast'));
        $this->assertSame('Hi', $input->argument());
    }

    public function testTakesAValueBehindAnEqualsSign(): void
    {
        $input = Input::parse(['data={"a": "b=c"}' => 'Hi'], ['data'], [], 1);

        $this->assertSame('{"a": "b=c"}', $input->value('data'));
        $this->assertSame('Hi', $input->argument());
    }

    public function testReadsListsWithCommas(): void
    {
        $this->assertSame(['lobby', 'orders-*'], Input::parse(['read' => 'lobby, orders-*,'], ['read'], [])->list('read'));
        $this->assertSame([], Input::parse([], ['read'], [])->list('read'));
    }

    /**
     * @param array<int|string, mixed> $params
     */
    #[DataProvider('provideRefusesWhatNoCommandTakes')]
    public function testRefusesWhatNoCommandTakes(array $params, string $why): void
    {
        $this->expectException(UsageError::class);
        $this->expectExceptionMessage($why);

        Input::parse($params, ['port'], ['json'], 1)->number('port', 1, 65_535);
    }

    /**
     * @return iterable<string, array{array<int|string, mixed>, string}>
     */
    public static function provideRefusesWhatNoCommandTakes(): iterable
    {
        yield 'an unknown option' => [['jsn' => null], '--jsn is no option'];

        yield 'a value of a flag' => [['json=1' => null], '--json takes no value'];

        yield 'no value' => [['port' => null], '--port needs a value'];

        yield 'no number' => [['port' => '80a'], 'expected 1 to 65535, got "80a"'];

        yield 'too large a number' => [['port' => '65536'], 'expected 1 to 65535'];

        yield 'an argument too many' => [['Hi', 'there'], 'in quotes'];
    }
}
