<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Server;

use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use WsElements\Publisher\Tests\Support\Browser;
use WsElements\Publisher\Tests\Support\Documentation;
use WsElements\Publisher\Tests\Support\NodeServer;
use WsElements\Publisher\Tests\Support\PlainClient;
use WsElements\Publisher\Tests\Support\Process;

/**
 * What `docs/php.md` and the README show is what is run here.
 *
 * @internal
 */
final class DocumentationTest extends TestCase
{
    public function testThePlainPageAndItsTokenWork(): void
    {
        $examples = Documentation::examples(Documentation::PAGE, 'Plain PHP');
        $this->assertCount(2, $examples);

        foreach ($examples as $example) {
            $this->assertLessThanOrEqual(10, substr_count($example, "\n"));
        }
        $server = new NodeServer();
        $folder = sys_get_temp_dir() . '/ws-elements-test-' . bin2hex(random_bytes(6));
        mkdir($folder, 0o700);
        symlink(dirname(__DIR__, 2) . '/vendor', "{$folder}/vendor");
        file_put_contents("{$folder}/index.php", $examples[0]);
        file_put_contents("{$folder}/token.php", $examples[1]);
        file_put_contents("{$folder}/sess_somebody", 'user|s:2:"42";name|s:3:"Ann";');

        $port = Browser::freePort();
        $php  = new Process(
            [PHP_BINARY, '-d', 'display_errors=1', '-d', "session.save_path={$folder}", '-S', "127.0.0.1:{$port}", '-t', $folder],
            ['WS_API_URL' => $server->url, 'WS_API_KEY' => NodeServer::API_KEY, 'WS_SECRET' => NodeServer::SECRET, 'WS_URL' => 'wss://shop.example/ws?a&b'],
            $folder,
            joinErrors: true,
        );

        try {
            $php->lineLike('/started/');
            $browser = new Browser("http://127.0.0.1:{$port}");
            $answer  = $browser->get('/token.php', ['Cookie: PHPSESSID=somebody']);
            $this->assertStringContainsString('no-store', $answer['head']);
            $token = ((array) json_decode($answer['body'], true))['token'] ?? null;
            $this->assertIsString($token, $answer['body']);
            $client = new PlainClient($server->port, $token);

            $page = $browser->get('/')['body'];
            $this->assertStringContainsString('<script src="/assets/ws-elements.js" data-url="wss://shop.example/ws?a&amp;b" data-token-url="/token.php" defer></script>', $page);
            $this->assertMatchesRegularExpression('~\A<script[^>]*></script>\n<ws-notifications></ws-notifications>\n<ws-chat channel="lobby" since="[\w-]+:0"></ws-chat>\n\z~', $page);
            $frame = $client->frame();
            $this->assertSame(['New order', '/orders/12345'], [$frame['title'], $frame['link']]);
            $this->assertSame(401, $browser->get('/token.php')['status']);
        } finally {
            $php->stop();
            $server->stop();
            array_map(unlink(...), ["{$folder}/index.php", "{$folder}/token.php", "{$folder}/vendor"]);
            array_map(unlink(...), array_map(strval(...), (array) glob("{$folder}/sess_*")));
            rmdir($folder);
        }
    }

    #[DataProvider('provideEveryExampleIsPhp')]
    public function testEveryExampleIsPhp(string $example): void
    {
        $isMember = str_contains($example, 'public function') && ! str_contains($example, 'class ');
        $code     = match (true) {
            str_starts_with($example, '<') => $example,
            $isMember                      => "<?php class Example {\n{$example}\n}",
            // A part of a configuration.
            str_starts_with($example, "'") => "<?php return [\n{$example}\n];",
            default                        => "<?php\n{$example}",
        };
        $file = (string) tempnam(sys_get_temp_dir(), 'ws-example-');
        file_put_contents($file, $code);

        try {
            $this->assertStringStartsWith('No syntax errors', trim((new Process([PHP_BINARY, '-d', 'display_errors=1', '-l', $file]))->rest()));
        } finally {
            unlink($file);
        }
    }

    /**
     * @return iterable<array{string}>
     */
    public static function provideEveryExampleIsPhp(): iterable
    {
        foreach ([Documentation::PAGE, Documentation::README] as $page) {
            foreach (Documentation::examples($page) as $example) {
                yield [$example];
            }
        }
    }

    public function testTheReadmesFirstExampleRuns(): void
    {
        $server  = new NodeServer();
        $example = Documentation::examples(Documentation::README)[0];
        $script  = str_replace('http://127.0.0.1:8081', $server->url, preg_replace('/^<\?php\n/', '', $example) ?? '')
            . "\necho json_encode([\$result->ok, (string) \$result->position() !== '', array_sum(array_column(\$results, 'ok'))]);";

        try {
            $said = (new Process(
                [PHP_BINARY, '-d', 'display_errors=1', '-r', $script],
                ['WS_API_KEY' => NodeServer::API_KEY],
                dirname(__DIR__, 2),
            ))->rest();
            $this->assertSame('[true,true,2]', $said);
        } finally {
            $server->stop();
        }
    }
}
