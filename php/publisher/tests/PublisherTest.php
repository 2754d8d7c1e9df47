<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests;

use JsonSerializable;
use PHPUnit\Framework\TestCase;
use RuntimeException;
use Stringable;
use WsElements\Publisher\Driver;
use WsElements\Publisher\Exceptions\InvalidMessage;
use WsElements\Publisher\Exceptions\PublishFailed;
use WsElements\Publisher\Exceptions\ReadFailed;
use WsElements\Publisher\FakeDriver;
use WsElements\Publisher\LogDriver;
use WsElements\Publisher\NullDriver;
use WsElements\Publisher\Publication;
use WsElements\Publisher\Publisher;
use WsElements\Publisher\Result;
use WsElements\Publisher\Tests\Support\RecordingLogger;

/**
 * @internal
 */
final class PublisherTest extends TestCase
{
    private FakeDriver $fake;
    private RecordingLogger $logger;
    private Publisher $publisher;

    protected function setUp(): void
    {
        $this->fake      = new FakeDriver();
        $this->logger    = new RecordingLogger();
        $this->publisher = new Publisher($this->fake, $this->logger);
    }

    /**
     * @return list<string>
     */
    private function sent(): array
    {
        return array_map(static fn (Publication $each): string => $each->json, $this->fake->published());
    }

    public function testSendsEveryMessageToEveryTarget(): void
    {
        $this->publisher->channel('lobby')->send('message', ['message' => 'Hi']);
        $this->publisher->channel('lobby')->message('Hi again');
        $this->publisher->user(42)->notify('New order', 'Order #12345', ['priority' => 'high']);
        $this->publisher->client('c_1')->notify('Export ready');
        $this->publisher->channel('products')->create('products', ['id' => 1]);
        $this->publisher->channel('products')->update('products', ['id' => 1, 'price' => 99.99]);
        $this->publisher->channel('products')->delete('products', 1);
        $this->publisher->broadcast()->status('payment_gateway', 'online', 'Operational');
        $this->publisher->channel('team')->activity(42, 'is editing', ['page' => 7]);

        $this->assertSame([
            '{"channel":"lobby","data":{"type":"message","message":"Hi"}}',
            '{"channel":"lobby","data":{"type":"message","message":"Hi again"}}',
            '{"user":"42","data":{"type":"notification","title":"New order","message":"Order #12345","priority":"high"}}',
            '{"client":"c_1","data":{"type":"notification","title":"Export ready"}}',
            '{"channel":"products","data":{"type":"data_update","entity":"products","action":"create","data":{"id":1}}}',
            '{"channel":"products","data":{"type":"data_update","entity":"products","action":"update","data":{"id":1,"price":99.99}}}',
            '{"channel":"products","data":{"type":"data_update","entity":"products","action":"delete","data":{"id":1}}}',
            '{"broadcast":true,"data":{"type":"status_update","system":"payment_gateway","status":"online","message":"Operational"}}',
            '{"channel":"team","data":{"type":"user_activity","userId":42,"activity":"is editing","page":7}}',
        ], $this->sent());
        $this->assertSame([], $this->logger->entries);
    }

    public function testEachMethodTakesAnIdempotencyKey(): void
    {
        $target = $this->publisher->channel('lobby');
        $target->send('a', idempotencyKey: 'k1');
        $target->message('b', idempotencyKey: 'k2');
        $target->notify('c', idempotencyKey: 'k3');
        $target->create('d', [], idempotencyKey: 'k4');
        $target->update('e', [], idempotencyKey: 'k5');
        $target->delete('f', 1, idempotencyKey: 'k6');
        $target->status('g', 'on', idempotencyKey: 'k7');
        $target->activity(1, 'h', idempotencyKey: 'k8');

        $this->assertSame(
            ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8'],
            array_map(static fn (Publication $each): ?string => $each->idempotencyKey, $this->fake->published()),
        );
    }

    public function testTellsWhereItWasPublished(): void
    {
        $this->publisher->channel('lobby')->message('one');
        $result = $this->publisher->channel('lobby')->message('two', idempotencyKey: 'two');

        $this->assertTrue($result->ok);
        $this->assertSame('lobby', $result->channel);
        $this->assertSame('fake:2', (string) $result->position());
        $this->assertFalse($result->deduplicated);
        $this->assertTrue($this->publisher->channel('lobby')->message('two', idempotencyKey: 'two')->deduplicated);
        $this->assertTrue($this->publisher->client('c_1')->message('three')->delivered);
    }

    public function testAMistakeOfTheProgramBreaksNoPage(): void
    {
        $result = $this->publisher->channel('no spaces')->message('Hi');

        $this->assertFalse($result->ok);
        $this->assertSame(Result::INVALID_REQUEST, $result->code);
        $this->assertSame('channel', $result->field);
        $this->assertStringContainsString('got "no spaces"', (string) $result->message);
        $this->assertSame([], $this->fake->published());
        $this->assertCount(1, $this->logger->entries);
        $this->assertStringStartsWith('error WebSocket: not published (invalid_request): message: channel: expected 1–128 of', $this->logger->lines()[0]);
    }

    public function testAnObjectThatFailsToBeJsonBreaksNoPage(): void
    {
        $row = new class () implements JsonSerializable {
            public function jsonSerialize(): never
            {
                throw new RuntimeException('no such column');
            }
        };
        $result = $this->publisher->channel('rows')->update('rows', $row);

        $this->assertFalse($result->ok);
        $this->assertSame('RuntimeException: no such column', $result->message);
    }

    public function testWhereAskedToItThrows(): void
    {
        $publisher = new Publisher($this->fake, $this->logger, throw: true);

        try {
            $publisher->channel('no spaces')->message('Hi');
            $this->fail('it did not throw');
        } catch (InvalidMessage $error) {
            $this->assertSame('channel', $error->field);
        }
        $this->fake->fail('unavailable', 'a full disk');

        try {
            $publisher->channel('lobby')->message('Hi');
            $this->fail('it did not throw');
        } catch (PublishFailed $error) {
            $this->assertSame('unavailable: a full disk', $error->getMessage());
            $this->assertSame('unavailable', $error->results[0]->code);
        }

        try {
            $publisher->position('lobby');
            $this->fail('it did not throw');
        } catch (ReadFailed $error) {
            $this->assertSame('unavailable', $error->reason);
        }
        // Who catches them logs them.
        $this->assertSame([], $this->logger->entries);
    }

    public function testLogsAFailureOnceAndNothingOfWhatWasSaid(): void
    {
        $this->fake->fail('invalid_request', 'data.message: expected text, got "a secret text"');
        $this->publisher->channel('lobby')->message('a secret text');

        $this->assertSame(
            ['error WebSocket: not published (invalid_request): message to channel lobby: data.message: expected text, got a text'],
            $this->logger->lines(),
        );
    }

    public function testLogsABatchThatFailedInOneLine(): void
    {
        $this->fake->fail();
        $results = $this->publisher->batch(static function (Publisher $batch): void {
            for ($id = 1; $id <= 1000; $id++) {
                $batch->channel('products')->update('products', ['id' => $id]);
            }
        });

        $this->assertCount(1000, $results);
        $this->assertSame(
            ['error WebSocket: not published (unreachable): data_update to channel products and 999 more: no server is there'],
            $this->logger->lines(),
        );
    }

    public function testWhatFailsByAFailureThatWasLoggedIsNoError(): void
    {
        $this->fake->fail(Result::CIRCUIT_OPEN, 'tried again in 4.9 s');
        $this->publisher->channel('lobby')->message('Hi');

        $this->assertSame('info', $this->logger->entries[0]['level']);
    }

    public function testNobodyElsesTextGetsIntoTheLoggersTemplate(): void
    {
        // CodeIgniter's logger fills in {env:…}, {post_vars} and the like wherever they stand in a message.
        $templates = [];
        $logger    = new class ($templates) extends RecordingLogger {
            /**
             * @param list<string> $templates
             */
            public function __construct(public array &$templates)
            {
            }

            public function log(mixed $level, string|Stringable $message, array $context = []): void
            {
                $this->templates[] = (string) $message;
            }
        };
        $this->fake->fail('x', '{env:encryption.key}');
        (new Publisher($this->fake, $logger))->client('{env:encryption.key}')->message('{post_vars}');

        $this->assertSame(['WebSocket: not published ({code}): {what}: {reason}'], $templates);
    }

    public function testALogGetsOneLineWhateverIsInAName(): void
    {
        $this->fake->fail();
        $this->publisher->client("c\n[error] forged\u{2028}\u{202E}")->message('Hi');

        $this->assertDoesNotMatchRegularExpression('/[\p{Cc}\p{Zl}\x{202E}]/u', $this->logger->lines()[0]);
    }

    public function testABatchIsPublishedInItsOrderBehindItsCallback(): void
    {
        $during  = [];
        $results = $this->publisher->batch(function (Publisher $batch) use (&$during): void {
            $during[] = $batch->channel('a')->message('1');
            $during[] = $batch->channel('no spaces')->message('2');
            $during[] = $batch->user(7)->notify('3');
            $this->assertSame([], $this->fake->published());
        });

        $this->assertSame([true, false, true], array_map(static fn (Result $each): bool => $each->ok, $during));
        $this->assertNull($during[0]->position());
        $this->assertSame(['a', null, 'user:7'], array_map(static fn (Result $each): ?string => $each->channel, $results));
        $this->assertSame(Result::INVALID_REQUEST, $results[1]->code);
        $this->assertCount(2, $this->fake->published());
    }

    public function testABatchWhoseCallbackThrowsPublishesNothing(): void
    {
        try {
            $this->publisher->batch(static function (Publisher $batch): never {
                $batch->channel('a')->message('1');

                throw new RuntimeException('rolled back');
            });
            $this->fail('the exception was lost');
        } catch (RuntimeException $error) {
            $this->assertSame('rolled back', $error->getMessage());
        }
        $this->assertSame([], $this->fake->published());
    }

    public function testABatchWithinABatchIsPartOfIt(): void
    {
        $inner   = [];
        $results = $this->publisher->batch(static function (Publisher $batch) use (&$inner): void {
            $batch->channel('a')->message('1');
            $inner = $batch->batch(static function (Publisher $same): void {
                $same->channel('b')->message('2');
            });
        });

        $this->assertCount(1, $inner);
        $this->assertTrue($inner[0]->ok);
        $this->assertSame(['a', 'b'], array_map(static fn (Result $each): ?string => $each->channel, $results));
    }

    public function testAnEmptyBatchAsksNobody(): void
    {
        $this->fake->fail();

        $this->assertSame([], $this->publisher->batch(static fn () => null));
        $this->assertSame([], $this->logger->entries);
    }

    public function testABatchOfWhichSomeFailedThrowsWithAllResults(): void
    {
        $driver = new class () implements Driver {
            public function publish(array $publications): array
            {
                return [Result::published('a', 'e', 1), Result::failed('too_large', 'data: expected less'), Result::accepted()];
            }
        };

        try {
            (new Publisher($driver, throw: true))->batch(static function (Publisher $batch): void {
                $batch->channel('a')->message('1');
                $batch->channel('a')->message('2');
                $batch->channel('a')->message('3');
            });
            $this->fail('it did not throw');
        } catch (PublishFailed $error) {
            $this->assertSame('1 of 3 were not published; the first: too_large: data: expected less', $error->getMessage());
            $this->assertCount(3, $error->results);
        }
    }

    public function testADriverThatThrowsBreaksNoPage(): void
    {
        $driver = new class () implements Driver {
            public function publish(array $publications): never
            {
                throw new RuntimeException('the queue is gone');
            }
        };
        $result = (new Publisher($driver, $this->logger))->channel('a')->message('1');

        $this->assertSame('RuntimeException: the queue is gone', $result->message);
        $this->assertCount(1, $this->logger->entries);
    }

    public function testADriverThatForgetsAResultIsNoSuccess(): void
    {
        $driver = new class () implements Driver {
            public function publish(array $publications): array
            {
                return [];
            }
        };

        $this->assertFalse((new Publisher($driver))->channel('a')->message('1')->ok);
    }

    public function testPublishesWhatAQueueKept(): void
    {
        $this->publisher->user(42)->notify('Hello', idempotencyKey: 'k');
        $kept = array_map(
            static fn (Publication $each): Publication => Publication::fromArray((array) json_decode((string) json_encode($each->toArray()), true)),
            $this->fake->published(),
        );
        $this->fake->reset();
        $results = $this->publisher->publish($kept);

        $this->assertSame('user:42', $results[0]->channel);
        $this->assertSame(['{"user":"42","data":{"type":"notification","title":"Hello"},"idempotencyKey":"k"}'], $this->sent());
    }

    public function testTellsPositionsAndHistory(): void
    {
        for ($number = 1; $number <= 5; $number++) {
            $this->publisher->channel('lobby')->message((string) $number);
        }
        $history = $this->publisher->history('lobby', limit: 2, before: 5);

        $this->assertSame('fake:5', (string) $this->publisher->position('lobby'));
        $this->assertSame(['lobby' => 'fake:5', 'empty' => 'fake:0'], array_map(strval(...), $this->publisher->positions(['lobby', 'empty'])));
        $this->assertSame(['3', '4'], array_column($history->publications, 'message'));
        $this->assertSame([3, 4], array_column($history->publications, 'offset'));
        $this->assertTrue($history->more);
    }

    public function testAPageIsRenderedWithoutPositionsAndHistoryToo(): void
    {
        $this->fake->fail();

        $this->assertNull($this->publisher->position('lobby'));
        $this->assertSame([], $this->publisher->positions(['lobby', 'team']));
        $this->assertSame([], $this->publisher->history('lobby')->publications);
        $this->assertCount(3, $this->logger->entries);
    }

    public function testAsksNobodyForWhatCanBeNoChannel(): void
    {
        $this->assertNull($this->publisher->position('no spaces'));
        $this->assertNull($this->publisher->history('lobby', limit: 101)->position);
        $this->assertNull($this->publisher->history('lobby', before: 0)->position);
        $this->assertCount(3, $this->logger->entries);
    }

    public function testTheNullDriverTakesEverythingAndKnowsNothing(): void
    {
        $publisher = new Publisher(new NullDriver(), $this->logger);

        $this->assertTrue($publisher->channel('lobby')->message('Hi')->ok);
        $this->assertNull($publisher->position('lobby'));
        $this->assertSame([], $publisher->history('lobby')->publications);
        $this->assertSame([], $this->logger->entries);
    }

    public function testTheLogDriverTellsDataOnlyToThoseWhoDebug(): void
    {
        $this->assertTrue((new Publisher(new LogDriver($this->logger)))->user(42)->notify('Secret', 'text')->ok);
        $this->assertSame([
            'info WebSocket: notification to user 42',
            'debug WebSocket: notification to user 42: {"user":"42","data":{"type":"notification","title":"Secret","message":"text"}}',
        ], $this->logger->lines());
    }

    public function testTheFakeFindsWhatATestAsksFor(): void
    {
        $this->publisher->user(42)->notify('A');
        $this->publisher->user(43)->notify('B');
        $this->publisher->broadcast()->message('C');

        $this->assertCount(2, $this->fake->published('notification'));
        $this->assertCount(1, $this->fake->published('notification', 'user:42'));
        $this->assertCount(1, $this->fake->published(channel: 'broadcast'));
        $this->assertCount(1, $this->fake->published(where: static fn (Publication $each): bool => ($each->data['title'] ?? null) === 'B'));
    }
}
