<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Install;

use CodeIgniter\Config\DotEnv;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use WsElements\CodeIgniter\Install\EnvFile;
use WsElements\CodeIgniter\Tests\Support\Files;

/**
 * @internal
 */
final class EnvFileTest extends TestCase
{
    #[DataProvider('provideReadsAsTheFrameworkDoes')]
    public function testReadsAsTheFrameworkDoes(string $line, ?string $value): void
    {
        $this->assertSame($value, (new EnvFile($line))->get('ws_test_name'));

        $folder = Files::temporaryFolder();
        file_put_contents("{$folder}/.env", $line);

        try {
            $this->assertSame($value, (new DotEnv($folder))->parse()['ws_test_name'] ?? null);
        } finally {
            Files::remove($folder);
            putenv('ws_test_name');
            unset($_ENV['ws_test_name'], $_SERVER['ws_test_name']);
        }
    }

    /**
     * @return iterable<string, array{string, string|null}>
     */
    public static function provideReadsAsTheFrameworkDoes(): iterable
    {
        yield 'plain' => ['ws_test_name=a', 'a'];

        yield 'with spaces' => ["  ws_test_name  =  a  \n", 'a'];

        yield 'in quotes' => ["ws_test_name = 'a b' # why", 'a b'];

        yield 'in double quotes' => ['ws_test_name = "a"', 'a'];

        yield 'with a comment' => ['ws_test_name = a # why', 'a'];

        yield 'exported' => ['export ws_test_name=a', 'a'];

        yield 'empty' => ["ws_test_name =\n", ''];

        yield 'with CRLF' => ["x = y\r\nws_test_name = a\r\n", 'a'];

        yield 'with an equals sign' => ['ws_test_name = a=b', 'a=b'];

        yield 'commented' => ['# ws_test_name = a', null];

        yield 'commented further in' => ['   #ws_test_name = a', null];

        yield 'another name' => ['ws_test_names = a', null];
    }

    #[DataProvider('provideAddsAtTheEndAndChangesNothingElse')]
    public function testAddsAtTheEndAndChangesNothingElse(string $before, string $end): void
    {
        $env = (new EnvFile($before))->with(['a.b' => '1', 'c' => '2'], 'HEADING', ['Why.']);

        $this->assertSame($before, substr($env->text, 0, strlen($before)));
        $this->assertSame(['1', '2'], [$env->get('a.b'), $env->get('c')]);
        $this->assertStringEndsWith("# Why.{$end}a.b = 1{$end}c = 2{$end}", $env->text);
        $this->assertSame($end === "\r\n" ? 0 : substr_count($env->text, "\n"), preg_match_all('/(?<!\r)\n/', $env->text));
    }

    /**
     * @return iterable<string, array{string, string}>
     */
    public static function provideAddsAtTheEndAndChangesNothingElse(): iterable
    {
        yield 'nothing' => ['', "\n"];

        yield 'lines' => ["x = y\n", "\n"];

        yield 'no newline at the end' => ['x = y', "\n"];

        yield 'CRLF' => ["x = y\r\nz = 1\r\n", "\r\n"];

        yield 'CRLF, no newline at the end' => ["x = y\r\nz = 1", "\r\n"];

        yield 'a commented line of the same name' => ["# a.b = old\n", "\n"];
    }

    public function testFillsInALineThatStandsEmpty(): void
    {
        $env = (new EnvFile("a.b =\r\nx = y\r\nexport c=\r\n"))->with(['a.b' => '1\2', 'c' => '2'], 'HEADING');

        $this->assertSame("a.b = 1\\2\r\nx = y\r\nexport c= 2\r\n", $env->text);
    }

    public function testTakesTheFirstThatIsNotEmpty(): void
    {
        $this->assertSame('1', (new EnvFile("a =\na = 1\na = 2\n"))->get('a'));
    }

    public function testNamesWhatIsSet(): void
    {
        $this->assertSame(['a', 'b.c'], (new EnvFile("# x = 1\na=1\r\nexport b.c = 2\na=3\ntext\n"))->names());
    }
}
