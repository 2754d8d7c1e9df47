<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Commands;

use CodeIgniter\Test\CIUnitTestCase;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Server\ServerProcess;
use WsElements\CodeIgniter\Tests\Support\SparkApplication;

/**
 * @internal
 */
final class ServeTest extends CIUnitTestCase
{
    private const SECRET = '0123456789012345678901234567890123456789';

    private SparkApplication $own;

    protected function setUp(): void
    {
        parent::setUp();

        $this->own = SparkApplication::make();
        $this->own->write('.env', implode("\n", [
            'websocket.secret = ' . self::SECRET,
            'websocket.apiKey = the-key-of-this-application',
            'database.default.password = the-password',
            'DB_PASSWORD = the-password',
            'websocket.origins = https://shop.example,https://www.shop.example',
            '',
        ]));
        $this->own->write('node_modules/ws-elements-server/package.json', '{"bin": {"ws-elements-server": "./dist/cli.js"}}');
        $this->own->write('node_modules/ws-elements-server/dist/cli.js', '');
    }

    protected function tearDown(): void
    {
        $this->own->remove();

        parent::tearDown();
    }

    public function testHandsOverSecretsByTheEnvironmentAndEndsWithTheServersCode(): void
    {
        $node            = $this->own->program('node', '[ "$1" = --version ] && echo v24.1.0 && exit; echo "args: $*"; env; pwd; exit 7');
        [$code, $output] = $this->own->spark("ws:serve --node {$node}");
        $lines           = explode("\n", $output);

        $this->assertSame(7, $code);
        $this->assertContains("args: {$this->own->folder}/node_modules/ws-elements-server/dist/cli.js", $lines);
        $this->assertContains('WS_SECRET=' . self::SECRET, $lines);
        $this->assertContains('WS_API_KEY=the-key-of-this-application', $lines);
        $this->assertContains('WS_PORT=8081', $lines);
        $this->assertContains('WS_ORIGIN=https://shop.example,https://www.shop.example', $lines);
        // Not below public/, from where it could be downloaded.
        $this->assertContains("WS_HISTORY=sqlite:{$this->own->folder}/writable/ws-elements.sqlite", $lines);
        $this->assertContains($this->own->folder, $lines);
        $this->assertStringNotContainsString('the-password', $output);
    }

    public function testDoesNotShowSecretsWhereItOnlySaysWhatItWouldDo(): void
    {
        $node            = $this->own->program('node', 'echo v24.1.0');
        [$code, $output] = $this->own->spark("ws:serve --dry-run --port 9000 --node {$node}");

        $this->assertSame(0, $code);
        $this->assertStringContainsString('with: WS_SECRET=(40 bytes)', $output);
        $this->assertStringContainsString('with: WS_PORT=9000', $output);
        $this->assertStringNotContainsString(self::SECRET, $output);
        $this->assertStringNotContainsString('the-key', $output);
    }

    public function testLetsTheServersOwnVariablesGoBeforeButNotTheSecrets(): void
    {
        $node       = $this->own->program('node', '[ "$1" = --version ] && echo v24.1.0 && exit; env');
        [, $output] = $this->own->spark("ws:serve --node {$node}", ['WS_HISTORY' => 'memory', 'WS_SECRET' => 'of another application']);

        $this->assertStringContainsString("WS_HISTORY=memory\n", $output);
        $this->assertStringContainsString('WS_SECRET=' . self::SECRET . "\n", $output);
    }

    public function testLetsOnlyTheWebServerInWherePagesGoThroughOne(): void
    {
        $this->own->write('.env', $this->own->read('.env') . "websocket.url = wss://shop.example/ws\n");
        $node       = $this->own->program('node', 'echo v24.1.0');
        [, $output] = $this->own->spark("ws:serve --dry-run --node {$node}");

        $this->assertStringContainsString('WS_HOST=127.0.0.1', $output);
        $this->assertStringContainsString('WS_TRUST_PROXY=127.0.0.1', $output);
    }

    #[DataProvider('provideStopsTheServerWithIt')]
    public function testStopsTheServerWithIt(string $disabled): void
    {
        $node    = $this->own->program('node', '[ "$1" = --version ] && echo v24.1.0 && exit; trap "echo stopped; exit 5" TERM; echo started; i=0; while [ $i -lt 80 ]; do sleep 0.1; i=$((i + 1)); done; exit 9');
        $process = $this->own->start("ws:serve --node {$node}", ['PHP_INI_SCAN_DIR' => $this->phpSettings($disabled)], $pipes);

        while (! str_contains((string) fgets($pipes[1]), 'started')) {
            $this->assertFalse(feof($pipes[1]), (string) stream_get_contents($pipes[2]));
        }
        proc_terminate($process);
        $this->assertSame('stopped', trim((string) stream_get_contents($pipes[1])));
        $this->assertSame(5, proc_close($process));
    }

    /**
     * @return iterable<string, array{string}>
     */
    public static function provideStopsTheServerWithIt(): iterable
    {
        yield 'in the place of PHP' => [''];

        yield 'below PHP' => ['pcntl_exec'];
    }

    public function testSaysWhereNodeIsFoundWhereThereIsNone(): void
    {
        $empty             = $this->own->program('bin/sh-only', ':');
        [$code, , $errors] = $this->own->spark('ws:serve', ['PATH' => dirname($empty)]);

        $this->assertSame(1, $code);
        $this->assertStringContainsString('there is none on this machine', $errors);
        $this->assertStringContainsString('https://nodejs.org', $errors);
    }

    public function testSaysWhichNodeIsTooOld(): void
    {
        $node              = $this->own->program('node', 'echo v20.1.0');
        [$code, , $errors] = $this->own->spark("ws:serve --node {$node}");

        $this->assertSame(1, $code);
        $this->assertStringContainsString("Node 22.18.0 or newer is needed: {$node} is 20.1.0", $errors);
    }

    public function testTakesTheNodeOfNpmWhereTheMachinesIsTooOld(): void
    {
        $old        = $this->own->program('bin/node', 'echo v20.1.0');
        $new        = $this->own->program('node_modules/node/bin/node', 'echo v24.1.0');
        [, $output] = $this->own->spark('ws:serve --dry-run', ['PATH' => dirname($old) . ':/usr/bin:/bin']);

        $this->assertStringContainsString("runs: {$new} ", $output);
    }

    public function testGetsTheServerByNpxWhereItIsNotInstalled(): void
    {
        unlink($this->own->folder . '/node_modules/ws-elements-server/package.json');
        $node       = $this->own->program('bin/node', 'echo v24.1.0');
        $npx        = $this->own->program('bin/npx', ':');
        [, $output] = $this->own->spark("ws:serve --dry-run --node {$node}");

        $this->assertStringContainsString("runs: {$npx} --yes ws-elements-server@^0.1.0", $output);
    }

    public function testSaysWhatMakesASecretWhereThereIsNone(): void
    {
        $this->own->write('.env', '');
        [$code, , $errors] = $this->own->spark('ws:serve');

        $this->assertSame(1, $code);
        $this->assertStringContainsString('expected at least 32 bytes, got 0. php spark ws:install makes one.', $errors);
    }

    public function testSaysWhatASignalEnded(): void
    {
        $this->assertSame(128 + 9, ServerProcess::run(['/bin/sh', '-c', 'kill -9 $$'], [], '/', false));
    }

    public function testWritesBehindWhatIsInAFileAlready(): void
    {
        $this->own->write('run.php', '<?php require $argv[1]; echo "before\n"; ' . ServerProcess::class . '::run(["/bin/sh", "-c", "echo after"], [], "/", false);');
        $process = proc_open(
            [PHP_BINARY, "{$this->own->folder}/run.php", HOMEPATH . 'vendor/autoload.php'],
            [['file', '/dev/null', 'r'], ['file', "{$this->own->folder}/out", 'w'], ['file', '/dev/null', 'w']],
            $pipes,
        );
        $this->assertIsResource($process);
        proc_close($process);

        $this->assertSame("before\nafter\n", $this->own->read('out'));
    }

    /**
     * Settings of PHP beside the machine's own.
     */
    private function phpSettings(string $disabled): string
    {
        $this->own->write('php/own.ini', "disable_functions = {$disabled}\n");

        return PHP_CONFIG_FILE_SCAN_DIR . ":{$this->own->folder}/php";
    }
}
