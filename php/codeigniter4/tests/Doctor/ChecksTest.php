<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Doctor;

use CodeIgniter\Test\CIUnitTestCase;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Authorizers\DefaultChannel;
use WsElements\CodeIgniter\Config\WebSocket as WebSocketConfig;
use WsElements\CodeIgniter\Doctor\Answer;
use WsElements\CodeIgniter\Doctor\Check;
use WsElements\CodeIgniter\Doctor\Checks\AccessCheck;
use WsElements\CodeIgniter\Doctor\Checks\AddressCheck;
use WsElements\CodeIgniter\Doctor\Checks\DiscoveryCheck;
use WsElements\CodeIgniter\Doctor\Checks\PageCheck;
use WsElements\CodeIgniter\Doctor\Checks\ScriptCheck;
use WsElements\CodeIgniter\Doctor\Checks\SecretsCheck;
use WsElements\CodeIgniter\Doctor\Checks\ServerCheck;
use WsElements\CodeIgniter\Doctor\Checks\SocketCheck;
use WsElements\CodeIgniter\Doctor\Finding;
use WsElements\CodeIgniter\Doctor\Level;
use WsElements\CodeIgniter\Doctor\Subject;
use WsElements\CodeIgniter\Tests\Support\Files;

/**
 * Each finding that is none of the good ones has its cure.
 *
 * @internal
 */
final class ChecksTest extends CIUnitTestCase
{
    private const NOW    = 1_800_000_000;
    private const SECRET = '0123456789012345678901234567890123456789';

    /**
     * @param array<string, mixed> $settings
     * @param non-empty-string     $found
     */
    #[DataProvider('provideSecrets')]
    public function testSecrets(array $settings, string $check, string $found): void
    {
        $this->assertFound($found, $check, new SecretsCheck(), $settings);
    }

    /**
     * @return iterable<string, array{array<string, mixed>, string, non-empty-string}>
     */
    public static function provideSecrets(): iterable
    {
        yield 'good' => [[], 'secret', 'ok: 40 bytes'];

        yield 'no secret' => [['secret' => ''], 'secret', 'failure: There is no websocket.secret'];

        yield 'short' => [['secret' => 'short'], 'secret', 'failure: websocket.secret has 5 bytes and needs 32'];

        yield 'monotonous' => [['secret' => str_repeat('ab', 20)], 'secret', 'failure: websocket.secret repeats'];

        yield 'no key' => [['apiKey' => ''], 'apiKey', 'failure: There is no websocket.apiKey'];

        yield 'the same' => [['apiKey' => self::SECRET], 'apiKey', 'failure: The API key is the secret'];

        yield 'a short key' => [['apiKey' => 'key'], 'apiKey', 'warning: websocket.apiKey has only 3'];
    }

    /**
     * @param array<string, mixed> $settings
     * @param list<string>         $hosts
     * @param non-empty-string     $found
     */
    #[DataProvider('provideAddresses')]
    public function testAddresses(array $settings, string $baseUrl, string $check, string $found, array $hosts = []): void
    {
        $this->assertFound($found, $check, new AddressCheck(), $settings, $baseUrl, hosts: $hosts);
    }

    /**
     * @return iterable<string, array{0: array<string, mixed>, 1: string, 2: string, 3: non-empty-string, 4?: list<string>}>
     */
    public static function provideAddresses(): iterable
    {
        yield 'http and ws' => [[], 'http://localhost:8080/', 'mixedContent', 'ok: http://localhost:8080 to ws://localhost:8081'];

        yield 'https and a path' => [['url' => '/ws'], 'https://shop.example/', 'mixedContent', 'ok: https://shop.example to wss://shop.example/ws'];

        yield 'https and ws' => [['url' => 'ws://shop.example:8081'], 'https://shop.example/', 'mixedContent', 'failure: Pages are https: and connect to ws://'];

        yield 'http and wss' => [['url' => 'wss://shop.example/ws'], 'http://shop.example/', 'mixedContent', 'warning: Pages are http:'];

        yield 'no address' => [['url' => 'shop.example/ws'], 'http://shop.example/', 'mixedContent', 'failure: websocket.url is no address'];

        yield 'the own host' => [[], 'http://localhost:8080/', 'origins', 'ok: none listed: pages of localhost'];

        yield 'another host' => [['url' => 'wss://live.example'], 'https://shop.example/', 'origins', 'failure: Without a list'];

        yield 'a second host' => [[], 'http://shop.example/', 'origins', 'failure: Without a list', ['www.shop.example']];

        yield 'listed' => [['origins' => ['https://shop.example']], 'https://shop.example/', 'origins', 'ok: https://shop.example'];

        yield 'not listed' => [['origins' => ['https://other.example']], 'https://shop.example/', 'origins', 'failure: Not in websocket.origins: https://shop.example'];

        yield 'with a path' => [['origins' => ['https://shop.example/']], 'https://shop.example/', 'origins', 'failure: websocket.origins has "https://shop.example/"'];
    }

    /**
     * @param array<string, mixed> $settings
     * @param non-empty-string     $found
     */
    #[DataProvider('provideAccess')]
    public function testAccess(array $settings, string $baseUrl, string $check, string $found): void
    {
        $this->assertFound($found, $check, new AccessCheck(), $settings, $baseUrl);
    }

    /**
     * @return iterable<string, array{array<string, mixed>, string, string, non-empty-string}>
     */
    public static function provideAccess(): iterable
    {
        $open = ['authorizer' => DefaultChannel::class, 'allowGuests' => true];

        yield 'a first try' => [$open, 'http://localhost:8080/', 'authorizer', 'ok'];

        yield 'open to everyone' => [$open, 'https://shop.example/', 'authorizer', 'warning: Anybody may read and write the channel "lobby"'];

        yield 'none' => [[], 'https://shop.example/', 'authorizer', 'warning: None'];

        yield 'no class' => [['authorizer' => 'Nothing'], 'https://shop.example/', 'authorizer', 'failure: websocket.authorizer: "Nothing"'];

        yield 'a log' => [['driver' => 'log'], 'https://shop.example/', 'driver', 'warning: websocket.driver = log'];

        yield 'no driver' => [['driver' => 'smoke'], 'https://shop.example/', 'driver', 'failure: websocket.driver = smoke'];
    }

    public function testDiscovery(): void
    {
        $all    = ['routes', 'services', 'events'];
        $routes = ['websocket/token'];

        $this->assertFound('ok', 'discovery', new DiscoveryCheck(true, $all, true, $routes));
        $this->assertFound('failure: Auto-discovery is off', 'discovery', new DiscoveryCheck(false, $all, true, $routes));
        $this->assertFound('failure: Not discovered: routes', 'discovery', new DiscoveryCheck(true, ['services'], true, $routes));
        $this->assertFound('failure: The framework does not know', 'discovery', new DiscoveryCheck(true, $all, false, $routes));
        $this->assertFound('failure: GET websocket/token is no route', 'discovery', new DiscoveryCheck(true, $all, true, []));
        $this->assertFound('ok', 'discovery', new DiscoveryCheck(true, $all, true, []), ['routes' => false]);
    }

    public function testScript(): void
    {
        $folder = Files::temporaryFolder();

        try {
            $this->assertFound('failure', 'script', new ScriptCheck(), folder: $folder);
            mkdir("{$folder}/assets");
            file_put_contents("{$folder}/assets/ws-elements.js", '// of another version');
            $this->assertNotSame('ok', $this->find('script', new ScriptCheck(), folder: $folder)->level->value);
            $this->assertFound('ok: pages have it from https://', 'script', new ScriptCheck(), ['script' => 'https://cdn.example/ws-elements.js'], folder: $folder);
        } finally {
            Files::remove($folder);
        }
    }

    /**
     * @param array<string, string> $headers
     * @param non-empty-string      $found
     */
    #[DataProvider('provideServer')]
    public function testServer(?int $status, string $body, array $headers, string $check, string $found): void
    {
        $this->assertFound($found, $check, new ServerCheck(self::NOW), answers: $status === null ? [] : ['/healthz' => self::answer($status, $body, $headers)]);
    }

    /**
     * @return iterable<string, array{int|null, string, array<string, string>, string, non-empty-string}>
     */
    public static function provideServer(): iterable
    {
        $at = static fn (int $seconds): array => ['Date' => gmdate('D, d M Y H:i:s', self::NOW + $seconds) . ' GMT'];
        $ok = '{"status":"ok"}';

        yield 'runs' => [200, $ok, $at(0), 'server', 'ok'];

        yield 'is not there' => [null, '', [], 'server', 'failure: Nothing answers at http://127.0.0.1:8081: Connection refused'];

        yield 'is something else' => [200, '<h1>It works!</h1>', [], 'server', 'failure: Something else has the port'];

        yield 'is about to end' => [503, '{"status":"closing"}', $at(0), 'server', 'failure: The server at'];

        yield 'the same time' => [200, $ok, $at(5), 'clock', 'ok'];

        yield 'ahead' => [200, $ok, $at(90), 'clock', 'failure: The server\'s clock is 90 s ahead of'];

        yield 'behind' => [200, $ok, $at(-90), 'clock', 'failure: The server\'s clock is 90 s behind'];

        yield 'no time' => [200, $ok, [], 'clock', 'skipped'];
    }

    /**
     * @param array<string, string> $headers
     * @param non-empty-string      $found
     */
    #[DataProvider('provideUpgrade')]
    public function testUpgrade(?int $status, array $headers, ?string $frame, string $found): void
    {
        $probe = new ScriptedProbe($status === null ? [] : ['/ws' => self::answer($status, '', $headers)], $frame === null ? [] : [$frame]);
        $this->assertFound($found, 'upgrade', new SocketCheck(), ['url' => '/ws', 'apiUrl' => 'http://127.0.0.1:9'], 'https://shop.example/', probe: $probe);
        $this->assertStringStartsWith('wss://shop.example/ws?protocol=1&token=ey', $probe->asked[0]);
        $this->assertSame('https://shop.example', $probe->headers['Origin']);
    }

    /**
     * @return iterable<string, array{int|null, array<string, string>, string|null, non-empty-string}>
     */
    public static function provideUpgrade(): iterable
    {
        $text  = static fn (string $json): string => "\x81" . chr(strlen($json)) . $json;
        $close = static fn (int $code): string => "\x88\x02" . pack('n', $code);

        yield 'welcome' => [101, [], $text('{"type":"welcome","clientId":"c_1","protocol":1}'), 'ok: 101'];

        yield 'welcome, after a ping' => [101, [], "\x89\x00" . $text('{"type":"welcome","clientId":"c_1"}'), 'ok: 101'];

        yield 'nothing' => [101, [], null, 'failure: The socket opens, and no welcome comes'];

        yield 'another secret' => [101, [], $close(1008), 'failure: The server refuses this application\'s tokens (1008)'];

        yield 'another origin' => [101, [], $close(4501), 'failure: The server lets no page of this application connect'];

        yield 'too many' => [101, [], $close(4005), 'failure: The server closes the socket at once (4005)'];

        yield '200' => [200, [], null, 'failure: wss://shop.example/ws is answered by a page of the application: 200 instead of 101'];

        yield '301' => [301, ['Location' => 'https://shop.example/ws/?token=secret'], null, 'failure: wss://shop.example/ws is redirected to https://shop.example/ws/, which no browser follows: 301'];

        yield '302' => [302, ['Location' => '/login'], null, 'failure: wss://shop.example/ws is redirected to /login'];

        yield '400' => [400, [], null, 'failure: wss://shop.example/ws is reached by a server that saw no upgrade: 400'];

        yield '403' => [403, [], null, 'failure: wss://shop.example/ws is refused'];

        yield '404' => [404, [], null, 'failure: wss://shop.example/ws is not known'];

        yield '502' => [502, [], null, 'failure: wss://shop.example/ws is passed on by a web server to nothing: 502'];

        yield 'no answer' => [null, [], null, 'failure: wss://shop.example/ws, where pages connect, does not answer from here: Connection refused'];
    }

    /**
     * @param array<string, string> $headers
     * @param non-empty-string      $found
     */
    #[DataProvider('providePage')]
    public function testPage(string $path, int $status, array $headers, string $body, string $check, string $found): void
    {
        $good = ['/websocket' => self::answer(200, ''), '/websocket/token' => self::answer(401, '')];

        $this->assertFound($found, $check, new PageCheck(), ['url' => '/ws'], 'https://shop.example/', answers: [$path => self::answer($status, $body, $headers)] + $good);
    }

    /**
     * @return iterable<string, array{string, int, array<string, string>, string, string, non-empty-string}>
     */
    public static function providePage(): iterable
    {
        yield 'no policy' => ['/websocket', 200, [], '', 'csp', 'ok: no policy'];

        yield 'a policy that lets it' => ['/websocket', 200, ['Content-Security-Policy' => "default-src 'self'"], '', 'csp', 'ok: the page may connect'];

        yield 'one that does not' => ['/websocket', 200, ['Content-Security-Policy' => "default-src 'none'"], '', 'csp', 'failure: The page\'s policy lets it not connect to wss://shop.example: default-src \'none\''];

        yield 'not there' => ['/websocket', 404, [], '', 'csp', 'warning: https://shop.example/websocket answers 404'];

        yield 'who is not signed in' => ['/websocket/token', 401, [], '{}', 'token', 'ok: 401'];

        yield 'a guest' => ['/websocket/token', 200, ['Cache-Control' => 'no-store'], '{"token":"a"}', 'token', 'ok: guests'];

        yield 'kept' => ['/websocket/token', 200, ['Cache-Control' => 'max-age=60'], '{"token":"a"}', 'token', 'failure: https://shop.example/websocket/token lets its answer be kept'];

        yield 'sent to the sign-in' => ['/websocket/token', 302, ['Location' => '/login'], '', 'token', 'failure: https://shop.example/websocket/token redirects (302)'];

        yield 'no route' => ['/websocket/token', 404, [], '', 'token', 'failure: https://shop.example/websocket/token is not there (404)'];

        yield 'another page' => ['/websocket/token', 200, [], '<h1>Shop</h1>', 'token', 'failure: https://shop.example/websocket/token answers 200 without a token'];

        yield 'an error' => ['/websocket/token', 500, [], '', 'token', 'failure: https://shop.example/websocket/token fails (500)'];
    }

    public function testSaysThatNoPageCouldBeLookedAt(): void
    {
        $this->assertFound('skipped: No page could be looked at', 'csp', new PageCheck());
    }

    /**
     * @param non-empty-string      $expected How it begins: level and message.
     * @param array<string, mixed>  $settings
     * @param array<string, Answer> $answers
     * @param list<string>          $hosts
     */
    private function assertFound(string $expected, string $name, Check $check, array $settings = [], string $baseUrl = 'http://localhost:8080/', array $answers = [], array $hosts = [], string $folder = '/nowhere', ?ScriptedProbe $probe = null): void
    {
        $finding = $this->find($name, $check, $settings, $baseUrl, $answers, $hosts, $folder, $probe);

        $this->assertStringStartsWith($expected, "{$finding->level->value}: {$finding->message}");
        $this->assertSame($finding->level === Level::Good, $finding->cure === '');
        $this->assertStringNotContainsString(self::SECRET, $finding->message . $finding->cure);
    }

    /**
     * @param array<string, mixed>  $settings
     * @param array<string, Answer> $answers
     * @param list<string>          $hosts
     */
    private function find(string $name, Check $check, array $settings = [], string $baseUrl = 'http://localhost:8080/', array $answers = [], array $hosts = [], string $folder = '/nowhere', ?ScriptedProbe $probe = null): Finding
    {
        $config = new WebSocketConfig();

        foreach (['secret' => self::SECRET, 'apiKey' => 'a key of this application', ...$settings] as $property => $value) {
            $config->{$property} = $value;
        }

        foreach ($check->check(new Subject($config, $baseUrl, $hosts, $folder, $folder, $probe ?? new ScriptedProbe($answers))) as $finding) {
            if ($finding->check === $name) {
                return $finding;
            }
        }

        $this->fail("Nothing was said of {$name}");
    }

    /**
     * @param array<string, string> $headers
     */
    private static function answer(int $status, string $body, array $headers = []): Answer
    {
        return new Answer($status, array_combine(array_map(strtolower(...), array_keys($headers)), array_map(static fn (string $value): array => [$value], array_values($headers))), $body);
    }
}
