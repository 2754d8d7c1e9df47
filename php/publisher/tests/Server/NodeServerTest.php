<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Server;

use DateTimeImmutable;
use LogicException;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use WsElements\Publisher\Circuit\CircuitBreaker;
use WsElements\Publisher\Circuit\MemoryCircuitStore;
use WsElements\Publisher\Grants;
use WsElements\Publisher\Http\CurlTransport;
use WsElements\Publisher\Http\StreamTransport;
use WsElements\Publisher\Http\Transport;
use WsElements\Publisher\HttpDriver;
use WsElements\Publisher\Publisher;
use WsElements\Publisher\Result;
use WsElements\Publisher\Tests\Support\NodeServer;
use WsElements\Publisher\Tests\Support\PlainClient;
use WsElements\Publisher\Tests\Support\RecordingLogger;
use WsElements\Publisher\Token;

/**
 * Against the Node server of this project, over both transports.
 *
 * @internal
 */
final class NodeServerTest extends TestCase
{
    private static ?NodeServer $server = null;
    private RecordingLogger $logger;

    public static function setUpBeforeClass(): void
    {
        self::$server = new NodeServer();
    }

    public static function tearDownAfterClass(): void
    {
        self::$server?->stop();
        self::$server = null;
    }

    protected function setUp(): void
    {
        $this->logger = new RecordingLogger();
    }

    private static function server(): NodeServer
    {
        return self::$server ?? throw new LogicException('no server was started');
    }

    private function publisher(Transport $transport, string $apiKey = NodeServer::API_KEY): Publisher
    {
        $driver = new HttpDriver(self::server()->url, $apiKey, $transport, new CircuitBreaker(new MemoryCircuitStore()));

        return new Publisher($driver, $this->logger);
    }

    /**
     * A channel that no other test has.
     */
    private static function channel(): string
    {
        return 'test-' . bin2hex(random_bytes(6));
    }

    private static function client(string $user, Grants $grants = new Grants()): PlainClient
    {
        return new PlainClient(self::server()->port, (new Token(NodeServer::SECRET))->issue(user: $user, name: 'Ana "\ <b>', grants: $grants));
    }

    #[DataProvider('provideTransports')]
    public function testEveryMessageIsTakenAndKeptAsItWasSaid(Transport $transport): void
    {
        $publisher = $this->publisher($transport);
        $channel   = self::channel();
        $target    = $publisher->channel($channel);
        $text      = "Grüße 👋 \"quoted\" \\ </script> {csp-script-nonce} \u{2028}";

        $results = [
            $target->message($text),
            $target->notify('New order', $text, ['priority' => 'high', 'link' => '/orders/1', 'actions' => [['name' => 'ok', 'label' => 'OK']]]),
            $target->create('products', ['id' => 1]),
            $target->update('products', ['id' => 1, 'price' => 99.99, 'note' => null]),
            $target->delete('products', 1),
            $target->status('payment_gateway', 'online', 'Operational'),
            $target->activity(42, 'is editing'),
            $target->send('order:shipped', ['at' => new DateTimeImmutable('2024-01-01T12:00:00Z')]),
        ];

        $this->assertSame([], $this->logger->lines());
        $this->assertSame(range(1, 8), array_map(static fn (Result $each): ?int => $each->offset, $results));
        $history = $publisher->history($channel);
        $this->assertSame((string) $results[7]->position(), (string) $history->position);
        $this->assertSame(
            ['message', 'notification', 'data_update', 'data_update', 'data_update', 'status_update', 'user_activity', 'order:shipped'],
            array_column($history->publications, 'type'),
        );
        $this->assertSame([$text, $text, 'Operational'], array_column($history->publications, 'message'));
        $this->assertSame([['id' => 1], ['id' => 1, 'price' => 99.99, 'note' => null], ['id' => 1]], array_column($history->publications, 'data'));
        $this->assertSame('2024-01-01T12:00:00.000Z', $history->publications[7]['at']);
    }

    #[DataProvider('provideTransports')]
    public function testGetsToAUserToAClientAndToEveryone(Transport $transport): void
    {
        $publisher = $this->publisher($transport);
        $user      = self::channel();
        $client    = self::client($user);
        $other     = self::client('other-' . $user);

        $this->assertSame("user:{$user}", $publisher->user($user)->notify('Yours')->channel);
        $this->assertTrue($publisher->client($client->clientId)->notify('This page\'s')->delivered);
        $this->assertSame('broadcast', $publisher->broadcast()->notify('Everyone\'s')->channel);

        $this->assertSame(['Yours', 'This page\'s', 'Everyone\'s'], [$client->frame()['title'], $client->frame()['title'], $client->frame()['title']]);
        $this->assertSame('Everyone\'s', $other->frame()['title']);
        $gone = $publisher->client('c_gone')->notify('Nobody\'s');
        $this->assertTrue($gone->ok);
        $this->assertFalse($gone->delivered);
    }

    #[DataProvider('provideTransports')]
    public function testPublishesOnceByAKey(Transport $transport): void
    {
        $target = $this->publisher($transport)->channel(self::channel());
        $first  = $target->notify('Order', idempotencyKey: 'order-1 ✓');
        $again  = $target->notify('Order', idempotencyKey: 'order-1 ✓');

        $this->assertFalse($first->deduplicated);
        $this->assertTrue($again->deduplicated);
        $this->assertSame((string) $first->position(), (string) $again->position());
        $this->assertSame(2, $target->notify('Order', idempotencyKey: 'order-2')->offset);
    }

    #[DataProvider('provideTransports')]
    public function testABatchOfAnySizeGetsThereInOrder(Transport $transport): void
    {
        $publisher = $this->publisher($transport);
        $channel   = self::channel();
        // More than a thousand, and more than 1 MiB.
        $results = $publisher->batch(static function (Publisher $batch) use ($channel): void {
            for ($id = 1; $id <= 1200; $id++) {
                $batch->channel($channel)->update('products', ['id' => $id, 'text' => str_repeat('x', 2000)]);
            }
        });

        $this->assertSame(range(1, 1200), array_map(static fn (Result $each): ?int => $each->offset, $results));
        $this->assertSame([1199, 1200], array_map(
            static fn (mixed $data): mixed => is_array($data) ? $data['id'] : null,
            array_column($publisher->history($channel, limit: 2)->publications, 'data'),
        ));
    }

    #[DataProvider('provideTransports')]
    public function testWhatIsWrongInABatchIsToldByItself(Transport $transport): void
    {
        $results = $this->publisher($transport)->batch(static function (Publisher $batch): void {
            $batch->channel('a')->message('one');
            $batch->channel('a')->send('notification', ['title' => '']);
            $batch->channel('a')->message(str_repeat('x', 70_000));
            $batch->channel('a')->message('four');
        });

        $this->assertSame([null, 'invalid_request', 'too_large', null], array_map(static fn (Result $each): ?string => $each->code, $results));
        $this->assertSame('data.title', $results[1]->field);
        $this->assertCount(2, $this->logger->entries);
    }

    #[DataProvider('provideTransports')]
    public function testAWrongKeyIsToldAndLogged(Transport $transport): void
    {
        $result = $this->publisher($transport, 'not the key')->channel('a')->message('Hi');

        $this->assertSame('unauthorized', $result->code);
        $this->assertStringContainsString('WS_API_KEY', $this->logger->lines()[0]);
        $this->assertStringNotContainsString('not the key', $this->logger->lines()[0]);
    }

    #[DataProvider('provideTransports')]
    public function testTellsWhereChannelsStand(Transport $transport): void
    {
        $publisher = $this->publisher($transport);
        $channel   = self::channel();
        $before    = $publisher->position($channel);
        $result    = $publisher->channel($channel)->message('Hi');

        $this->assertSame(0, $before?->offset);
        $this->assertSame((string) $result->position(), (string) $publisher->position($channel));
        $this->assertSame([$channel, 'user:42', 'a/b@c'], array_keys($publisher->positions([$channel, 'user:42', 'a/b@c'])));
    }

    #[DataProvider('provideTransports')]
    public function testTellsHistoryPageByPage(Transport $transport): void
    {
        $publisher = $this->publisher($transport);
        $channel   = self::channel();

        foreach (range(1, 5) as $number) {
            $publisher->channel($channel)->message((string) $number);
        }
        $newest = $publisher->history($channel, limit: 2);
        $older  = $publisher->history($channel, limit: 10, before: 4);

        $this->assertSame(['4', '5'], array_column($newest->publications, 'message'));
        $this->assertTrue($newest->more);
        $this->assertSame(['1', '2', '3'], array_column($older->publications, 'message'));
        $this->assertFalse($older->more);
    }

    /**
     * @return iterable<string, array{Transport}>
     */
    public static function provideTransports(): iterable
    {
        yield 'curl' => [new CurlTransport()];

        yield 'streams' => [new StreamTransport()];
    }

    public function testATokenGrantsWhatItSays(): void
    {
        $channel   = self::channel();
        $publisher = $this->publisher(new CurlTransport());
        // The default channel, which a plain client follows where its token grants it.
        $reader = self::client('reader-' . $channel, new Grants(read: ['lobby']));
        $other  = self::client('other-' . $channel);
        $publisher->channel('lobby')->message($channel);
        $publisher->broadcast()->message('the end');

        $this->assertSame([$channel, 'the end'], [$reader->frame()['message'], $reader->frame()['message']]);
        $this->assertSame('the end', $other->frame()['message']);
    }

    public function testATokenByAnotherSecretIsRefused(): void
    {
        $this->expectExceptionMessageMatches('/1008/');
        new PlainClient(self::server()->port, (new Token(str_repeat('x', 32)))->issue(user: '42'));
    }
}
