<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Frameworks;

use PHPUnit\Framework\TestCase;
use Throwable;
use WsElements\Publisher\Tests\Support\Browser;
use WsElements\Publisher\Tests\Support\Documentation;
use WsElements\Publisher\Tests\Support\FrameworkUnavailable;
use WsElements\Publisher\Tests\Support\NodeServer;
use WsElements\Publisher\Tests\Support\PlainClient;
use WsElements\Publisher\Tests\Support\Process;
use WsElements\Publisher\Tests\Support\Skeleton;

/**
 * What `docs/php.md` shows for a framework, word by word in a real application, which is served, beside the real server.
 *
 * What is there beside the examples is what applications have anyway: a way to sign in, the user's class.
 *
 * @internal
 */
abstract class FrameworkTestCase extends TestCase
{
    /**
     * Whose ampersand has to be escaped.
     */
    protected const PAGE_URL = 'wss://shop.example/ws?a&b';

    /**
     * Why there is none, which is not tried again for each test.
     */
    private static ?Throwable $problem = null;

    private static ?NodeServer $server = null;
    private static ?Skeleton $skeleton = null;
    private static ?Process $php       = null;
    private static string $url         = '';
    protected Browser $browser;

    protected function setUp(): void
    {
        if (self::$php === null && self::$problem === null) {
            try {
                $this->start();
            } catch (Throwable $e) {
                self::$problem = $e;
            }
        }
        if (self::$problem instanceof FrameworkUnavailable) {
            $this->markTestSkipped('SKIPPED php/publisher: ' . static::heading() . ': Composer cannot get it here, NOTHING of its examples was tested.' . PHP_EOL . self::$problem->getMessage());
        }
        if (self::$problem !== null) {
            throw self::$problem;
        }
        $this->browser = new Browser(self::$url);
    }

    public static function tearDownAfterClass(): void
    {
        self::$php?->stop();
        self::$server?->stop();
        self::$skeleton?->remove();
        self::$php = self::$server = self::$skeleton = self::$problem = null;
    }

    /**
     * As its heading in the documentation.
     */
    abstract protected static function heading(): string;

    /**
     * @throws FrameworkUnavailable
     */
    abstract protected static function make(): Skeleton;

    /**
     * Puts the examples where the documentation says.
     *
     * @param array<string, string> $settings
     *
     * @return array<string, string> Those that are the environment's, and in no `.env`.
     */
    abstract protected static function fill(Skeleton $skeleton, array $settings): array;

    public function testTellsWhoIsNotSignedInBy401(): void
    {
        // As elements ask: for whatever it is.
        $answer = $this->browser->get('/websocket/token', ['Accept: */*']);

        $this->assertSame(401, $answer['status'], $answer['head'] . $answer['body']);
    }

    public function testAnswersATokenByWhichAClientReadsAndWrites(): void
    {
        $this->signIn();

        $client = $this->connect(asElements: true);
        $client->send(['type' => 'subscribe', 'id' => 's1', 'channel' => 'lobby']);
        $this->assertSame(['subscribed', 'lobby'], $this->fields($client, 'type', 'channel'));
        $client->send(['type' => 'message', 'id' => 'm1', 'channel' => 'lobby', 'message' => 'Hello']);
        $told = [$this->fields($client, 'type', 'channel'), $this->fields($client, 'type', 'channel')];
        sort($told);
        $this->assertSame([['ack', 'lobby'], ['message', 'lobby']], $told);

        $client->send(['type' => 'subscribe', 'id' => 's2', 'channel' => 'elsewhere']);
        $this->assertSame(['error', 'forbidden'], $this->fields($client, 'type', 'code'));
    }

    public function testAnswersTokensThatNobodyKeeps(): void
    {
        $this->signIn();

        $answer = $this->browser->get('/websocket/token');

        $this->assertMatchesRegularExpression('/^Cache-Control: .*no-store/mi', $answer['head']);
        $this->assertMatchesRegularExpression('~^Content-Type: application/json~mi', $answer['head']);
    }

    public function testPublishesFromARequest(): void
    {
        $this->signIn();
        $client = $this->connect();

        $answer = $this->order();

        $this->assertContains($answer['status'], [302, 303], $answer['head'] . $answer['body']);
        $this->assertSame(['notification', 'New order', 'Order #12345'], $this->fields($client, 'type', 'title', 'message'));
    }

    public function testWritesAttributes(): void
    {
        $this->signIn();

        $page = $this->browser->get('/chat');

        $this->assertSame(200, $page['status'], $page['body']);
        $this->assertStringContainsString('<script src="/assets/ws-elements.js" data-url="wss://shop.example/ws?a&amp;b" data-token-url="/websocket/token" defer></script>', $page['body']);
        $this->assertStringContainsString('<ws-notifications></ws-notifications>', $page['body']);
        $this->assertMatchesRegularExpression('~<ws-chat channel="lobby" since="[\w-]+:\d+"></ws-chat>~', $page['body']);
    }

    /**
     * @return array{status: int, head: string, body: string}
     */
    protected function order(): array
    {
        return $this->browser->post('/orders');
    }

    /**
     * User 42.
     */
    protected function signIn(): void
    {
        $answer = $this->browser->get('/sign-in');
        $this->assertSame(200, $answer['status'], $answer['body']);
    }

    protected function connect(bool $asElements = false): PlainClient
    {
        $answer = $this->browser->get('/websocket/token');
        $token  = ((array) json_decode($answer['body'], true))['token'] ?? null;
        $this->assertIsString($token, $answer['head'] . $answer['body']);

        return new PlainClient(self::$server->port ?? 0, $token, $asElements);
    }

    /**
     * @return list<mixed> Of the next frame.
     */
    protected function fields(PlainClient $client, string ...$names): array
    {
        $frame = $client->frame();

        return array_map(static fn (string $name): mixed => $frame[$name] ?? null, array_values($names));
    }

    /**
     * @return list<string>
     */
    protected static function examples(string $language = 'php'): array
    {
        return Documentation::examples(Documentation::PAGE, static::heading(), $language);
    }

    /**
     * @param array<string, string> $settings
     */
    protected static function dotEnv(array $settings): string
    {
        return implode('', array_map(static fn (string $name, string $value): string => "\n{$name}=\"{$value}\"", array_keys($settings), $settings)) . "\n";
    }

    private function start(): void
    {
        self::$skeleton = static::make();
        self::$server   = new NodeServer();
        $environment    = static::fill(self::$skeleton, [
            'WS_URL'     => self::PAGE_URL,
            'WS_API_URL' => self::$server->url,
            'WS_API_KEY' => NodeServer::API_KEY,
            'WS_SECRET'  => NodeServer::SECRET,
        ]);

        $port      = Browser::freePort();
        self::$url = "http://127.0.0.1:{$port}";
        self::$php = new Process(
            [PHP_BINARY, '-d', 'display_errors=1', '-S', "127.0.0.1:{$port}", '-t', 'public', 'public/index.php'],
            $environment,
            self::$skeleton->folder,
            joinErrors: true,
        );
        self::$php->lineLike('/started/');
    }
}
