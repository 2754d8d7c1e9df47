<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests;

use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use WsElements\Publisher\Circuit\CircuitBreaker;
use WsElements\Publisher\Circuit\MemoryCircuitStore;
use WsElements\Publisher\Exceptions\ReadFailed;
use WsElements\Publisher\Http\CurlTransport;
use WsElements\Publisher\Http\Response;
use WsElements\Publisher\Http\Unreachable;
use WsElements\Publisher\HttpDriver;
use WsElements\Publisher\Publication;
use WsElements\Publisher\Publisher;
use WsElements\Publisher\Recipient;
use WsElements\Publisher\RecipientKind;
use WsElements\Publisher\Result;
use WsElements\Publisher\Tests\Support\FakeTransport;
use WsElements\Publisher\Tests\Support\RecordingLogger;

/**
 * @internal
 */
final class HttpDriverTest extends TestCase
{
    private const URL = 'http://127.0.0.1:8081';
    private const KEY = 'a-secret-key';

    /**
     * s since 1970; a test moves it.
     */
    private float $now = 1000.0;

    private function driver(FakeTransport $transport, string $url = self::URL, string $key = self::KEY, int $bodyLimit = 1_048_576): HttpDriver
    {
        return new HttpDriver($url, $key, $transport, new CircuitBreaker(new MemoryCircuitStore(), now: fn (): float => $this->now), $bodyLimit);
    }

    private static function publication(string $text = 'Hi'): Publication
    {
        return new Publication(new Recipient(RecipientKind::Channel, 'lobby'), ['type' => 'message', 'message' => $text]);
    }

    public function testAsksAsTheProtocolSays(): void
    {
        $transport = FakeTransport::answering(200, ['channel' => 'lobby', 'epoch' => 'e', 'offset' => 18, 'deduplicated' => true]);
        [$result]  = $this->driver($transport, self::URL . '/behind/a/proxy/')->publish([self::publication()]);

        $this->assertSame('POST', $transport->requests[0]->method);
        $this->assertSame('http://127.0.0.1:8081/behind/a/proxy/api/publish', $transport->requests[0]->url());
        $this->assertSame(
            ['Authorization: Bearer a-secret-key', 'Accept: application/json', 'Content-Type: application/json'],
            $transport->requests[0]->headerLines(),
        );
        $this->assertSame('{"channel":"lobby","data":{"type":"message","message":"Hi"}}', $transport->requests[0]->body);
        $this->assertSame('e:18', (string) $result->position());
        $this->assertTrue($result->deduplicated);
    }

    public function testAsksOnceForManyAndGivesEachItsOwnAnswer(): void
    {
        $transport = FakeTransport::answering(200, ['results' => [
            ['channel' => 'lobby', 'epoch' => 'e', 'offset' => 1, 'deduplicated' => false],
            ['error'     => ['code' => 'invalid_request', 'message' => 'data.x: wrong', 'field' => 'data.x']],
            ['delivered' => false],
        ]]);
        $results = $this->driver($transport)->publish([self::publication('1'), self::publication('2'), self::publication('3')]);

        $this->assertCount(1, $transport->requests);
        $this->assertStringStartsWith('{"batch":[{"channel":"lobby"', $transport->requests[0]->body);
        $this->assertNotNull(json_decode($transport->requests[0]->body));
        $this->assertSame('e:1', (string) $results[0]->position());
        $this->assertSame('data.x', $results[1]->field);
        $this->assertTrue($results[2]->ok);
        $this->assertFalse($results[2]->delivered);
    }

    public function testSplitsAtAThousand(): void
    {
        $transport = FakeTransport::answering(200, ['results' => array_fill(0, 1000, ['delivered' => true])]);
        $results   = $this->driver($transport)->publish(array_fill(0, 2500, self::publication()));

        $this->assertCount(2500, $results);
        $this->assertSame(
            [1000, 1000, 500],
            array_map(static fn ($request): int => substr_count($request->body, '"lobby"'), $transport->requests),
        );
    }

    public function testSplitsAtTheServersLimitToTheByte(): void
    {
        $length    = strlen(self::publication()->json);
        $limit     = strlen('{"batch":[]}') + 3 * ($length + 1);
        $transport = FakeTransport::answering(200, ['results' => array_fill(0, 3, ['delivered' => true])]);
        $this->driver($transport, bodyLimit: $limit)->publish(array_fill(0, 6, self::publication()));

        $this->assertCount(2, $transport->requests);

        foreach ($transport->requests as $request) {
            $this->assertLessThanOrEqual($limit, strlen($request->body));
        }
        $this->driver($transport, bodyLimit: $limit - 1)->publish(array_fill(0, 6, self::publication()));
        $this->assertCount(2 + 3, $transport->requests);
    }

    public function testDoesNotSendWhatTheServerWouldNotRead(): void
    {
        $transport = FakeTransport::answering(200, ['delivered' => true]);
        $results   = $this->driver($transport, bodyLimit: 100)->publish([self::publication(), self::publication(str_repeat('a', 100))]);

        $this->assertTrue($results[0]->ok);
        $this->assertSame('too_large', $results[1]->code);
        $this->assertCount(1, $transport->requests);
    }

    #[DataProvider('provideTellsWhyNot')]
    public function testTellsWhyNot(int $status, mixed $body, string $code, string $message): void
    {
        $transport = FakeTransport::answering($status, $body);
        [$result]  = $this->driver($transport)->publish([self::publication()]);

        $this->assertFalse($result->ok);
        $this->assertSame($code, $result->code);
        $this->assertStringContainsString($message, (string) $result->message);
    }

    /**
     * @return iterable<string, array{int, mixed, string, string}>
     */
    public static function provideTellsWhyNot(): iterable
    {
        yield 'a wrong key' => [401, ['error' => ['code' => 'unauthorized', 'message' => 'expected the API key']], 'unauthorized', 'WS_API_KEY'];

        yield 'a server that has none' => [503, ['error' => ['code' => 'api_disabled', 'message' => 'the API is off']], 'api_disabled', 'the API is off'];

        yield 'a full disk' => [503, ['error' => ['code' => 'unavailable', 'message' => 'could not be kept']], 'unavailable', 'could not be kept'];

        yield 'another route' => [404, ['error' => ['code' => 'not_found', 'message' => 'no such route']], 'not_found', 'address'];

        yield 'a redirect' => [302, '', Result::UNEXPECTED_ANSWER, self::URL . ' answered 302 without JSON'];

        yield 'a page' => [200, '<!doctype html>', Result::UNEXPECTED_ANSWER, 'answered 200 without JSON'];

        yield 'a list' => [200, '[1]', Result::UNEXPECTED_ANSWER, 'without JSON'];

        yield 'something else' => [200, ['ok' => true], Result::UNEXPECTED_ANSWER, 'neither a position nor an error'];

        yield 'an error that is none' => [400, ['error' => 'no'], Result::UNEXPECTED_ANSWER, 'answered 400'];

        yield 'a proxy without its server' => [502, '<h1>Bad Gateway</h1>', Result::UNREACHABLE, 'a proxy answered 502'];
    }

    public function testAnAnswerWithTooFewResultsIsNoSuccess(): void
    {
        $results = $this->driver(FakeTransport::answering(200, ['results' => [['delivered' => true]]]))->publish([self::publication(), self::publication()]);

        $this->assertTrue($results[0]->ok);
        $this->assertSame(Result::UNEXPECTED_ANSWER, $results[1]->code);
    }

    public function testAsksADeadServerOnceAndAgainWhenTheTimeHasCome(): void
    {
        $transport = FakeTransport::dead();
        $driver    = $this->driver($transport);
        $codes     = [];

        for ($time = 0; $time < 4; $time++) {
            $codes[] = $driver->publish([self::publication()])[0]->code;
        }
        $this->assertSame([Result::UNREACHABLE, Result::CIRCUIT_OPEN, Result::CIRCUIT_OPEN, Result::CIRCUIT_OPEN], $codes);
        $this->assertCount(1, $transport->requests);

        $this->now += 5.1;
        $this->assertSame(Result::UNREACHABLE, $driver->publish([self::publication()])[0]->code);
        $this->assertCount(2, $transport->requests);
    }

    public function testSaysWhenItTriesAgain(): void
    {
        $driver = $this->driver(FakeTransport::dead());
        $driver->publish([self::publication()]);
        $this->now += 2;

        $this->assertSame(
            'http://127.0.0.1:8081 could not be reached a moment ago and is tried again in 3.0 s',
            $driver->publish([self::publication()])[0]->message,
        );
    }

    public function testIsBackAtOnceWhenTheServerIs(): void
    {
        $transport = new FakeTransport(new Unreachable('refused'), new Response(200, '{"delivered":true}'));
        $driver    = $this->driver($transport);
        $driver->publish([self::publication()]);
        $this->now += 5.1;

        $this->assertTrue($driver->publish([self::publication()])[0]->ok);
        $this->assertTrue($driver->publish([self::publication()])[0]->ok);
    }

    public function testTheRestOfALargeBatchDoesNotWaitForADeadServer(): void
    {
        $transport = FakeTransport::dead();
        $results   = $this->driver($transport)->publish(array_fill(0, 5000, self::publication()));

        $this->assertCount(5000, $results);
        $this->assertCount(1, $transport->requests);
    }

    #[DataProvider('provideWhatTheServerSaysOpensNoCircuit')]
    public function testWhatTheServerSaysOpensNoCircuit(int $status, string $body): void
    {
        $transport = FakeTransport::answering($status, $body);
        $driver    = $this->driver($transport);
        $driver->publish([self::publication()]);
        $driver->publish([self::publication()]);

        $this->assertCount(2, $transport->requests);
    }

    /**
     * @return iterable<array{int, string}>
     */
    public static function provideWhatTheServerSaysOpensNoCircuit(): iterable
    {
        foreach ([400, 401, 403, 404, 413, 429, 500, 200, 302] as $status) {
            yield [$status, ''];
        }

        yield [503, '{"error":{"code":"unavailable","message":"the server shuts down"}}'];

        yield [401, '{"error":{"code":"unauthorized","message":"no"}}'];
    }

    public function testReadsPositions(): void
    {
        $transport = FakeTransport::answering(200, ['positions' => ['lobby' => 'e:7', 'user:42' => 'e:0', '7' => 'e:1', 'odd' => 'no']]);
        $positions = $this->driver($transport)->positions(['lobby', 'user:42', 'a/b@c']);

        $this->assertSame('GET', $transport->requests[0]->method);
        $this->assertSame('/api/position?channel=lobby&channel=user%3A42&channel=a%2Fb%40c', $transport->requests[0]->target);
        $this->assertSame('', $transport->requests[0]->body);
        $this->assertSame('e:7', (string) $positions['lobby']);
        $this->assertArrayNotHasKey('odd', $positions);
    }

    public function testReadsManyPositionsInSeveralRequests(): void
    {
        $transport = FakeTransport::answering(200, ['positions' => []]);
        $this->driver($transport)->positions(array_map(static fn (int $number): string => "c{$number}", range(1, 129)));

        $this->assertCount(2, $transport->requests);
    }

    public function testReadsHistory(): void
    {
        $transport = FakeTransport::answering(200, ['channel' => 'lobby', 'position' => 'e:7', 'publications' => [['type' => 'message', 'offset' => 7]], 'more' => true]);
        $history   = $this->driver($transport)->history('lobby', 50, 8);

        $this->assertSame('/api/history?channel=lobby&limit=50&before=8', $transport->requests[0]->target);
        $this->assertSame('e:7', (string) $history->position);
        $this->assertSame([['type' => 'message', 'offset' => 7]], $history->publications);
        $this->assertTrue($history->more);
    }

    public function testReadingFailsWithItsReason(): void
    {
        try {
            $this->driver(FakeTransport::answering(401, ['error' => ['code' => 'unauthorized', 'message' => 'no']]))->history('lobby');
            $this->fail('it did not');
        } catch (ReadFailed $error) {
            $this->assertSame('unauthorized', $error->reason);
        }
    }

    #[DataProvider('provideASettingThatCanBeNoneFailsEachPublishAndNothingElse')]
    public function testASettingThatCanBeNoneFailsEachPublishAndNothingElse(string $url, string $key, string $message): void
    {
        $transport = FakeTransport::answering(200, ['delivered' => true]);
        [$result]  = $this->driver($transport, $url, $key)->publish([self::publication()]);

        $this->assertSame(Result::MISCONFIGURED, $result->code);
        $this->assertStringContainsString($message, (string) $result->message);
        $this->assertStringNotContainsString('hunter2', (string) $result->message);
        $this->assertSame([], $transport->requests);
    }

    /**
     * @return iterable<string, array{string, string, string}>
     */
    public static function provideASettingThatCanBeNoneFailsEachPublishAndNothingElse(): iterable
    {
        yield 'no key' => [self::URL, '', 'apiKey: expected'];

        yield 'a key of spaces' => [self::URL, "  \n", 'apiKey: expected'];

        yield 'a header in the key' => [self::URL, "hunter2\r\nX-Injected: 1", 'apiKey: expected a text without control characters'];

        yield 'a NUL in the key' => [self::URL, "hunter2\0x", 'apiKey: expected'];

        yield 'no address' => ['', 'key', 'url: expected such as http://127.0.0.1:8081, got an empty text'];

        yield 'a password in the address' => ['http://admin:hunter2@127.0.0.1:8081', 'key', 'a user or password in it'];

        yield 'a key in the query' => ['http://127.0.0.1:8081/?key=hunter2', 'key', 'one with a query'];

        yield 'the address of the socket' => ['wss://shop.example/ws', 'key', 'that of the WebSocket'];

        yield 'a request in the address' => ["http://127.0.0.1:8081/ HTTP/1.1\r\nX-Injected: 1", 'key', 'url: expected'];
    }

    public function testAKeyFromAFileMayEndInALineFeed(): void
    {
        $transport = FakeTransport::answering(200, ['delivered' => true]);
        $this->driver($transport, key: "the-key\n")->publish([self::publication()]);

        $this->assertSame('Authorization: Bearer the-key', $transport->requests[0]->headerLines()[0]);
    }

    public function testTheKeyIsInNoDumpAndNoLog(): void
    {
        $logger    = new RecordingLogger();
        $store     = new MemoryCircuitStore();
        $driver    = new HttpDriver('http://127.0.0.1:1', self::KEY, new CurlTransport(), new CircuitBreaker($store));
        $publisher = new Publisher($driver, $logger);
        $publisher->channel('lobby')->message('a text of somebody');
        $store->swap($store->read(), null);
        $publisher->position('lobby');

        $this->assertCount(2, $logger->entries);
        $all = print_r($driver, true) . print_r($publisher, true) . implode("\n", $logger->lines());
        $this->assertStringNotContainsString(self::KEY, $all);
        $this->assertStringNotContainsString('a text of somebody', implode("\n", $logger->lines()));
    }
}
