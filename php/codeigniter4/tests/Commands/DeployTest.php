<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Commands;

use CodeIgniter\Test\CIUnitTestCase;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Console\Failure;
use WsElements\CodeIgniter\Deploy\Deployment;
use WsElements\CodeIgniter\Doctor\NoAnswer;
use WsElements\CodeIgniter\Doctor\Probe;
use WsElements\CodeIgniter\Server\Executable;
use WsElements\CodeIgniter\Tests\Support\Files;
use WsElements\CodeIgniter\Tests\Support\SparkApplication;

/**
 * @internal
 */
final class DeployTest extends CIUnitTestCase
{
    private const SECRET = '0123456789012345678901234567890123456789';
    private const KEY    = 'the-key-of-this-application';

    private SparkApplication $own;

    protected function setUp(): void
    {
        parent::setUp();

        $this->own = SparkApplication::make();
        $this->own->write('.env', implode("\n", [
            'app.baseURL = https://shop.example/',
            'websocket.secret = ' . self::SECRET,
            'websocket.apiKey = ' . self::KEY,
            'websocket.url = /live/ws',
            'websocket.apiUrl = http://127.0.0.1:9123',
            '',
        ]));
        $this->own->write('node_modules/ws-elements-server/package.json', '{"bin": "./dist/cli.js"}');
        $this->own->write('node_modules/ws-elements-server/dist/cli.js', '');
        $this->own->program('bin/node', 'echo v24.1.0');
    }

    protected function tearDown(): void
    {
        $this->own->remove();

        parent::tearDown();
    }

    /**
     * @param list<string> $parts
     */
    #[DataProvider('provideFillsInWhatTheApplicationSays')]
    public function testFillsInWhatTheApplicationSays(string $program, array $parts): void
    {
        $text = $this->deploy($program);

        foreach ($parts as $part) {
            $this->assertStringContainsString(str_replace('FOLDER', $this->own->folder, $part), $text);
        }
        $this->assertStringNotContainsString(self::SECRET, $text);
        $this->assertStringNotContainsString(self::KEY, $text);
    }

    /**
     * @return iterable<string, array{string, list<string>}>
     */
    public static function provideFillsInWhatTheApplicationSays(): iterable
    {
        $start = '--env-file=/etc/ws-elements/shop.example.env';

        yield 'nginx' => ['nginx', ['location = /live/ws {', 'proxy_pass http://127.0.0.1:9123;', 'proxy_set_header Upgrade $http_upgrade;', 'proxy_set_header Connection "upgrade";', 'proxy_read_timeout 75s;', 'access_log off;', 'error_log /var/log/nginx/error.log crit;']];

        yield 'apache' => ['apache', ['"http://127.0.0.1:9123/live/ws" upgrade=websocket', 'ProxyPreserveHost On', 'SetEnvIf Request_URI "^\/live\/ws$" ws_elements']];

        yield 'caddy' => ['caddy', ["\nshop.example {", 'root * "FOLDER/public"', 'handle /live/ws {', 'reverse_proxy 127.0.0.1:9123', 'log default {', 'delete token']];

        yield 'systemd' => ['systemd', ['EnvironmentFile=/etc/ws-elements/shop.example.env', 'ExecStart=FOLDER/bin/node FOLDER/node_modules/ws-elements-server/dist/cli.js', 'Environment="WS_PORT=9123"', 'Environment="WS_TRUST_PROXY=127.0.0.1"', 'User=www-data', 'ReadWritePaths=FOLDER/writable']];

        yield 'supervisor' => ['supervisor', ["command=FOLDER/bin/node {$start} FOLDER/node_modules/ws-elements-server/dist/cli.js", 'WS_PORT="9123"', 'stopsignal=TERM']];

        yield 'pm2' => ['pm2', ['"script": "FOLDER/node_modules/ws-elements-server/dist/cli.js"', "\"node_args\": \"{$start}\"", '"instances": 1']];
    }

    public function testNginxTakesIt(): void
    {
        $this->deploy('nginx', 'site.conf');
        $this->own->write('nginx.conf', "pid {$this->own->folder}/pid; error_log stderr; events {} http { server { listen 127.0.0.1:8099; include {$this->own->folder}/site.conf; } }");

        $this->assertTaken('nginx', ['-t', '-e', 'stderr', '-c', "{$this->own->folder}/nginx.conf"]);
    }

    public function testApacheTakesIt(): void
    {
        $this->deploy('apache', 'site.conf');
        $modules = '/usr/lib/apache2/modules';

        $this->own->write('apache.conf', implode("\n", [
            'ServerName shop.example',
            "PidFile {$this->own->folder}/pid",
            "ErrorLog {$this->own->folder}/error.log",
            ...array_map(
                static fn (string $name): string => "LoadModule {$name}_module {$modules}/mod_{$name}.so",
                ['mpm_event', 'authz_core', 'setenvif', 'proxy', 'proxy_http'],
            ),
            'Listen 127.0.0.1:8099',
            "<VirtualHost *:8099>\nInclude {$this->own->folder}/site.conf\n</VirtualHost>\n",
        ]));

        $this->assertTaken('apache2', ['-t', '-f', "{$this->own->folder}/apache.conf"]);
    }

    public function testCaddyTakesIt(): void
    {
        $this->deploy('caddy', 'Caddyfile');

        $this->assertTaken('caddy', ['validate', '--adapter', 'caddyfile', '--config', "{$this->own->folder}/Caddyfile"]);
    }

    #[DataProvider('provideKeepsTheTokenOutOfEveryLogAlsoWhereTheServerIsAway')]
    public function testKeepsTheTokenOutOfEveryLogAlsoWhereTheServerIsAway(string $program, string $kind): void
    {
        $port = $this->freePort();
        $path = $this->pathOf($program);
        $logs = "{$this->own->folder}/logs";
        mkdir($logs);
        chmod($logs, 0o777);
        // Nobody listens where it is passed on to.
        $this->own->write('.env', strtr($this->own->read('.env'), ['9123' => (string) $this->freePort(), 'https://shop.example' => "http://localhost:{$port}"]));
        $text = str_replace('/var/log/nginx', $logs, $this->deploy($kind));

        if ($kind === 'nginx') {
            $this->own->write('server.conf', "daemon off; master_process off; pid {$logs}/pid; error_log {$logs}/error.log; events {} http { access_log {$logs}/access.log; server { listen 127.0.0.1:{$port}; {$text} } }");
            $command = [$path, '-e', "{$logs}/error.log", '-c', "{$this->own->folder}/server.conf"];
        } else {
            $this->own->write('Caddyfile', strtr($text, ['http://localhost {' => "http://localhost:{$port} {", "{\n\t# The" => "{\n\tadmin off\n\t# The"]));
            $command = [$path, 'run', '--adapter', 'caddyfile', '--config', "{$this->own->folder}/Caddyfile"];
        }
        $process = proc_open($command, [['file', '/dev/null', 'r'], ['file', "{$logs}/out", 'w'], ['file', "{$logs}/err", 'w']], $pipes, $this->own->folder, ['PATH' => (string) getenv('PATH'), 'HOME' => $this->own->folder]);
        $this->assertIsResource($process);

        try {
            $answer = null;

            while ($answer === null) {
                try {
                    [$answer] = (new Probe())->upgrade("ws://localhost:{$port}/live/ws?protocol=1&token=the-token");
                } catch (NoAnswer) {
                    $this->assertTrue(proc_get_status($process)['running'], implode('', array_map(file_get_contents(...), Files::all($logs))));
                    usleep(20_000);
                }
            }
            $this->assertSame(502, $answer->status);
        } finally {
            proc_terminate($process);
            proc_close($process);
        }

        foreach (Files::all($logs) as $file) {
            $this->assertStringNotContainsString('the-token', (string) file_get_contents($file), $file);
        }
    }

    /**
     * @return iterable<string, array{string, string}>
     */
    public static function provideKeepsTheTokenOutOfEveryLogAlsoWhereTheServerIsAway(): iterable
    {
        yield 'nginx' => ['nginx', 'nginx'];

        yield 'caddy' => ['caddy', 'caddy'];
    }

    public function testSystemdTakesIt(): void
    {
        $this->deploy('systemd', 'ws-elements.service');

        $this->assertSame('', $this->assertTaken('systemd-analyze', ['verify', '--man=no', "{$this->own->folder}/ws-elements.service"]));
    }

    public function testWritesTheSecretsForTheirOwnersEyesOnly(): void
    {
        [$code, $output, $errors] = $this->own->spark("ws:deploy env --output {$this->own->folder}/live.env");

        $this->assertSame(0, $code, $errors);
        $this->assertSame('WS_SECRET=' . self::SECRET . "\nWS_API_KEY=" . self::KEY . "\n", $this->own->read('live.env'));
        $this->assertSame(0o600, (int) fileperms("{$this->own->folder}/live.env") & 0o777);
        $this->assertStringNotContainsString(self::SECRET, $output . $errors);
    }

    public function testPrintsNoSecretsAndReplacesNothingUnasked(): void
    {
        $this->own->write('live.env', 'mine');

        $this->assertSame(2, $this->own->spark('ws:deploy env')[0]);
        $this->assertSame(1, $this->own->spark("ws:deploy env --output {$this->own->folder}/live.env")[0]);
        $this->assertSame(1, $this->own->spark("ws:deploy nginx --output {$this->own->folder}/live.env")[0]);
        $this->assertSame('mine', $this->own->read('live.env'));
    }

    public function testSaysWhatIsWrong(): void
    {
        $this->assertSame(2, $this->own->spark('ws:deploy')[0]);
        $this->assertSame(2, $this->own->spark('ws:deploy iis')[0]);

        unlink("{$this->own->folder}/node_modules/ws-elements-server/package.json");
        $this->own->program('bin/npx', ':');
        [$code, , $errors] = $this->own->spark("ws:deploy systemd --node {$this->own->folder}/bin/node");
        $this->assertSame(1, $code);
        $this->assertStringContainsString('npm install ws-elements-server', $errors);
    }

    /**
     * @param array<string, string> $other
     */
    #[DataProvider('provideTakesNothingThatAConfigurationWouldRead')]
    public function testTakesNothingThatAConfigurationWouldRead(array $other): void
    {
        $this->expectException(Failure::class);
        $this->expectExceptionMessage('signs that mean something in a configuration');

        new Deployment(
            $other['host'] ?? 'shop.example',
            true,
            $other['path'] ?? '/ws',
            8081,
            $other['root'] ?? '/srv/shop',
            '/srv/shop/public',
            '/srv/shop/writable',
            $other['user'] ?? 'www-data',
            [],
            $other['environmentFile'] ?? '/etc/shop.env',
            [],
        );
    }

    /**
     * @return iterable<string, array{array<string, string>}>
     */
    public static function provideTakesNothingThatAConfigurationWouldRead(): iterable
    {
        yield 'host' => [['host' => "shop.example;\nroot /"]];

        yield 'path' => [['path' => '/ws { return 200; }']];

        yield 'user' => [['user' => "root\nExecStart=/bin/sh"]];

        yield 'folder' => [['root' => '/srv/$(id)']];

        yield 'file' => [['environmentFile' => '/etc/a b']];
    }

    private function deploy(string $program, string $file = 'out.conf'): string
    {
        [$code, , $errors] = $this->own->spark("ws:deploy {$program} --node {$this->own->folder}/bin/node --output {$this->own->folder}/{$file}");
        $this->assertSame(0, $code, $errors);

        return $this->own->read($file);
    }

    /**
     * @param list<string> $arguments
     *
     * @return string What the program says.
     */
    private function assertTaken(string $program, array $arguments): string
    {
        $path    = $this->pathOf($program);
        $process = proc_open([$path, ...$arguments], [['file', '/dev/null', 'r'], ['pipe', 'w'], ['file', "{$this->own->folder}/said", 'w']], $pipes, $this->own->folder, ['PATH' => (string) getenv('PATH'), 'HOME' => $this->own->folder]);
        $this->assertIsResource($process);
        $said = (string) stream_get_contents($pipes[1]);
        $code = proc_close($process);
        $said .= $this->own->read('said');
        $this->assertSame(0, $code, $said);

        return $said;
    }

    private function pathOf(string $program): string
    {
        $path = Executable::find($program) ?? Executable::find("/usr/sbin/{$program}");

        if ($path === null) {
            fwrite(STDERR, "\nSKIPPED: {$program} is not installed, what ws:deploy prints for it was NOT checked.\n");
            $this->markTestSkipped("{$program} is not installed");
        }

        return $path;
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
