<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\View;

use CodeIgniter\Config\Factories;
use CodeIgniter\Config\Services as FrameworkServices;
use CodeIgniter\HTTP\Response;
use Config\App;
use Config\ContentSecurityPolicy as PolicyConfig;
use PHPUnit\Framework\Attributes\CoversFunction;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Tests\Support\TestCase;

/**
 * @internal
 */
#[CoversFunction('ws_script')]
final class ScriptTagTest extends TestCase
{
    private const SCRIPT = 'console.log("elements")';

    protected function setUp(): void
    {
        parent::setUp();

        if (! is_dir(FCPATH . 'assets')) {
            mkdir(FCPATH . 'assets');
        }
        file_put_contents(FCPATH . 'assets/ws-elements.js', self::SCRIPT);
    }

    protected function tearDown(): void
    {
        @unlink(FCPATH . 'assets/ws-elements.js');

        parent::tearDown();
    }

    public function testTellsElementsAllThatTheyNeed(): void
    {
        $this->server->fail();
        $hash = hash('sha384', self::SCRIPT, true);

        $this->assertSame(
            '<script src="http://shop.example:8080/assets/ws-elements.js?v=' . substr(bin2hex($hash), 0, 10) . '"'
            . ' integrity="sha384-' . base64_encode($hash) . '"'
            . ' data-url="ws://shop.example:8081" data-token-url="/websocket/token" defer></script>',
            ws_script(),
        );
    }

    public function testHasAnotherAddressWhenTheFileIsAnother(): void
    {
        $first = ws_script();
        file_put_contents(FCPATH . 'assets/ws-elements.js', self::SCRIPT . ';');
        clearstatcache();

        $this->assertNotSame($first, ws_script());
    }

    public function testSaysInTheLogThatTheFileIsNotThere(): void
    {
        unlink(FCPATH . 'assets/ws-elements.js');
        clearstatcache();

        $tag = ws_script();

        $this->assertStringContainsString(' src="http://shop.example:8080/assets/ws-elements.js" data-url', $tag);
        $this->assertLogContains('error', FCPATH . 'assets/ws-elements.js is not there. php spark ws:install publishes it.');
    }

    public function testTakesAScriptFromElsewhere(): void
    {
        $this->settings->script = 'https://cdn.example/ws-elements.js';

        $this->assertStringContainsString('<script src="https://cdn.example/ws-elements.js" data-url=', ws_script());
    }

    public function testBeginsWhereBroadcastStands(): void
    {
        Services::websocket()->broadcast('maintenance');

        $this->assertStringContainsString(' data-since="fake:1"', ws_script());
    }

    public function testLeavesThePositionOutOfAPageThatIsKept(): void
    {
        FrameworkServices::responsecache()->setTtl(60);

        $this->assertStringNotContainsString('data-since', ws_script());
    }

    #[DataProvider('provideSaysWhereTheServerIs')]
    public function testSaysWhereTheServerIs(string $baseUrl, string $setting, string $expected): void
    {
        config(App::class)->baseURL = $baseUrl;
        FrameworkServices::resetSingle('request');
        FrameworkServices::resetSingle('siteurifactory');
        $this->settings->url = $setting;

        $this->assertStringContainsString(" data-url=\"{$expected}\"", ws_script());
    }

    /**
     * @return iterable<string, array{string, string, string}>
     */
    public static function provideSaysWhereTheServerIs(): iterable
    {
        yield 'plain' => ['http://localhost:8080/', '', 'ws://localhost:8081'];

        yield 'encrypted' => ['https://shop.example/', '', 'wss://shop.example/ws'];

        yield 'encrypted on a port, in a folder' => ['https://shop.example:8443/app/', '', 'wss://shop.example:8443/ws'];

        yield 'IPv6' => ['http://[::1]:8080/', '', 'ws://[::1]:8081'];

        yield 'set' => ['https://shop.example/', 'wss://live.example/x?y=1&z=2', 'wss://live.example/x?y=1&amp;z=2'];

        yield 'a path' => ['https://shop.example/', '/live', '/live'];
    }

    public function testLooksForTokensWhereTheApplicationLies(): void
    {
        config(App::class)->baseURL   = 'https://shop.example/app/';
        config(App::class)->indexPage = 'index.php';
        FrameworkServices::resetSingle('request');
        FrameworkServices::resetSingle('siteurifactory');

        $this->assertStringContainsString(' data-token-url="/app/index.php/websocket/token"', ws_script());
    }

    public function testTakesOtherAttributes(): void
    {
        $tag = ws_script(['data-token-url' => null, 'data-debug' => true, 'data-name' => '"><script>']);

        $this->assertStringContainsString(' data-debug data-name="&quot;&gt;&lt;script&gt;"', $tag);
        $this->assertStringNotContainsString('data-token-url', $tag);
    }

    public function testChangesOfThePolicyOnlyWhatItNeeds(): void
    {
        $before = $this->policy(static fn (): string => '');
        $tag    = '';
        $after  = $this->policy(static function () use (&$tag): string {
            return $tag = ws_script();
        });

        $this->assertMatchesRegularExpression('~ nonce="[A-Za-z0-9+/=]{16,}"~', $tag);
        preg_match('~ nonce="([^"]+)"~', $tag, $nonce);
        $script   = "'self' 'nonce-" . ($nonce[1] ?? '') . "'";
        $expected = ['connect-src' => "'self' ws://shop.example:8081", 'script-src' => $script, 'script-src-elem' => $script];
        $this->assertSame(array_intersect_key($expected, $before), array_diff_assoc($after, $before));
        $this->assertSame([], array_diff_key($before, $after));
    }

    public function testAddsTheServerOnceHoweverOftenItIsAsked(): void
    {
        $after = $this->policy(static fn (): string => ws_script() . ws_script());

        $this->assertSame("'self' ws://shop.example:8081", $after['connect-src']);
    }

    /**
     * @param list<string>|string      $connect
     * @param list<string>|string|null $default
     */
    #[DataProvider('provideNeverTakesAwayWhatMayBeConnectedTo')]
    public function testNeverTakesAwayWhatMayBeConnectedTo(array|string $connect, array|string|null $default, ?string $expected): void
    {
        $after = $this->policy(ws_script(...), static function (PolicyConfig $config) use ($connect, $default): void {
            $config->connectSrc = $connect;
            $config->defaultSrc = $default;
        });

        $this->assertSame($expected, $after['connect-src'] ?? null);
    }

    /**
     * @return iterable<string, array{list<string>|string, list<string>|string|null, string|null}>
     */
    public static function provideNeverTakesAwayWhatMayBeConnectedTo(): iterable
    {
        yield 'itself' => ['self', null, "'self' ws://shop.example:8081"];

        yield 'several' => [['self', 'https://api.example'], 'none', "'self' https://api.example ws://shop.example:8081"];

        yield 'not itself' => [['https://api.example'], null, "https://api.example 'self' ws://shop.example:8081"];

        yield 'nothing: what default-src allows goes on' => [[], ['self', 'https://cdn.example'], "'self' https://cdn.example ws://shop.example:8081"];

        yield 'nothing, and no default-src: the framework writes self' => [[], null, "'self' ws://shop.example:8081"];

        yield 'none' => [[], 'none', "'self' ws://shop.example:8081"];

        yield 'none, said itself: beside others it says nothing, and browsers complain' => ['none', 'none', "'self' ws://shop.example:8081"];

        yield 'everything' => ['*', null, '*'];
    }

    public function testLetsScriptsLiveThatLiveOnUnsafeInline(): void
    {
        $tag   = '';
        $after = $this->policy(static function () use (&$tag): string {
            return $tag = ws_script();
        }, static function (PolicyConfig $config): void {
            $config->scriptSrc = ['self', 'unsafe-inline'];
        });

        $this->assertStringNotContainsString('nonce', $tag);
        $this->assertSame("'self' 'unsafe-inline'", $after['script-src']);
    }

    public function testNamesOnlyTheServersOrigin(): void
    {
        $this->settings->url = 'wss://ana:secret@live.example:9443/ws;script-src *?token=1';

        $after = $this->policy(ws_script(...));

        $this->assertSame("'self' wss://live.example:9443", $after['connect-src']);
        $this->assertStringNotContainsString('*', $after['script-src']);
    }

    /**
     * The policy that a page is sent with, by directive.
     *
     * @param callable(): string            $render
     * @param callable(PolicyConfig): mixed $configure
     *
     * @return array<string, string>
     */
    private function policy(callable $render, ?callable $configure = null): array
    {
        config(App::class)->CSPEnabled = true;
        Factories::injectMock('config', 'ContentSecurityPolicy', $config = new PolicyConfig());

        if ($configure !== null) {
            $configure($config);
        }

        foreach (['csp', 'response', 'websocketscript'] as $service) {
            FrameworkServices::resetSingle($service);
        }
        $response = FrameworkServices::response();
        $this->assertInstanceOf(Response::class, $response);
        $response->setBody($render());
        $response->getCSP()->finalize($response);

        $directives = [];

        foreach (explode(';', $response->getHeaderLine('Content-Security-Policy')) as $directive) {
            [$name, $sources]  = explode(' ', trim($directive), 2) + ['', ''];
            $directives[$name] = $sources;
        }

        return $directives;
    }
}
