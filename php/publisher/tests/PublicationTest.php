<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests;

use DateTimeImmutable;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use WsElements\Publisher\Exceptions\InvalidMessage;
use WsElements\Publisher\Publication;
use WsElements\Publisher\Recipient;
use WsElements\Publisher\RecipientKind;

/**
 * @internal
 */
final class PublicationTest extends TestCase
{
    /**
     * @param array<array-key, mixed> $data
     */
    private static function json(array $data): string
    {
        return (new Publication(new Recipient(RecipientKind::Channel, 'lobby'), ['type' => 'x'] + $data))->json;
    }

    #[DataProvider('provideIsARequest')]
    public function testIsARequest(RecipientKind $kind, string $id, string $json, ?string $channel): void
    {
        $publication = new Publication(new Recipient($kind, $id), ['type' => 'x'], 'key');

        $this->assertSame($json, $publication->json);
        $this->assertSame($channel, $publication->recipient->channel());
        $this->assertSame($json, Publication::fromArray((array) json_decode($json, true))->json);
    }

    /**
     * @return iterable<array{RecipientKind, string, string, string|null}>
     */
    public static function provideIsARequest(): iterable
    {
        yield [RecipientKind::Channel, 'lobby', '{"channel":"lobby","data":{"type":"x"},"idempotencyKey":"key"}', 'lobby'];

        yield [RecipientKind::User, '42', '{"user":"42","data":{"type":"x"},"idempotencyKey":"key"}', 'user:42'];

        yield [RecipientKind::Client, 'c_1', '{"client":"c_1","data":{"type":"x"},"idempotencyKey":"key"}', null];

        yield [RecipientKind::Broadcast, '', '{"broadcast":true,"data":{"type":"x"},"idempotencyKey":"key"}', 'broadcast'];
    }

    public function testReplacesBytesThatAreNoUtf8(): void
    {
        $this->assertStringContainsString("\"text\":\"a\u{FFFD}b\"", self::json(['text' => "a\xFFb"]));
        $this->assertStringContainsString("\"na\u{FFFD}me\":1", self::json(["na\xFFme" => 1]));
    }

    public function testWritesTimesInUtc(): void
    {
        $time = new DateTimeImmutable('2024-01-01T13:00:00.5+01:00');

        $this->assertStringContainsString('"at":"2024-01-01T12:00:00.500Z"', self::json(['at' => $time]));
        $this->assertStringContainsString('{"at":"2024-01-01T12:00:00.500Z"}', self::json(['row' => (object) ['at' => $time]]));
    }

    public function testKeepsNumbersWhatTheyAre(): void
    {
        $this->assertStringContainsString('"price":99.99,"whole":1.0', self::json(['price' => 99.99, 'whole' => 1.0]));
    }

    #[DataProvider('provideRefusesWhatIsNoJson')]
    public function testRefusesWhatIsNoJson(mixed $value): void
    {
        $this->expectException(InvalidMessage::class);
        $this->expectExceptionMessageMatches('/^data: expected what can be JSON/');
        self::json(['value' => $value]);
    }

    /**
     * @return iterable<string, array{mixed}>
     */
    public static function provideRefusesWhatIsNoJson(): iterable
    {
        yield 'infinity' => [INF];

        yield 'a resource' => [STDIN];

        $deep = 1;

        for ($depth = 0; $depth < 40; $depth++) {
            $deep = [$deep];
        }

        yield 'what is nested too deep' => [$deep];

        $endless       = (object) [];
        $endless->self = $endless;

        yield 'itself' => [$endless];
    }

    #[DataProvider('provideRefusesRecipients')]
    public function testRefusesRecipients(RecipientKind $kind, string $id, string $field): void
    {
        try {
            new Recipient($kind, $id);
        } catch (InvalidMessage $error) {
            $this->assertSame($field, $error->field);
            $this->assertDoesNotMatchRegularExpression('/[\x00-\x1F]/', $error->getMessage());

            return;
        }
        $this->fail('it was taken');
    }

    /**
     * @return iterable<string, array{RecipientKind, string, string}>
     */
    public static function provideRefusesRecipients(): iterable
    {
        yield 'a channel with a space' => [RecipientKind::Channel, 'no spaces', 'channel'];

        yield 'a channel with a line feed' => [RecipientKind::Channel, "lobby\n", 'channel'];

        yield 'a channel with headers' => [RecipientKind::Channel, "lobby\r\nX-Injected: 1", 'channel'];

        yield 'no channel' => [RecipientKind::Channel, '', 'channel'];

        yield 'a channel of 129' => [RecipientKind::Channel, str_repeat('a', 129), 'channel'];

        yield 'a channel in other letters' => [RecipientKind::Channel, 'lobbý', 'channel'];

        yield 'no user' => [RecipientKind::User, '', 'user'];

        yield 'a user of 124' => [RecipientKind::User, str_repeat('a', 124), 'user'];

        yield 'no client' => [RecipientKind::Client, '', 'client'];

        yield 'a client that is no UTF-8' => [RecipientKind::Client, "\xFF", 'client'];
    }

    public function testTakesNamesUpToTheirLength(): void
    {
        $this->assertSame(128, strlen((string) (new Recipient(RecipientKind::Channel, str_repeat('a', 128)))->channel()));
        $this->assertSame(128, strlen((string) (new Recipient(RecipientKind::User, str_repeat('a', 123)))->channel()));
    }

    public function testRefusesIdempotencyKeysThatTheServerWouldRefuse(): void
    {
        foreach (['', str_repeat('a', 256), "\xFF"] as $key) {
            try {
                new Publication(new Recipient(RecipientKind::Broadcast), ['type' => 'x'], $key);
                $this->fail('it was taken');
            } catch (InvalidMessage $error) {
                $this->assertSame('idempotencyKey', $error->field);
            }
        }
        $this->assertSame(str_repeat('é', 255), (new Publication(new Recipient(RecipientKind::Broadcast), ['type' => 'x'], str_repeat('é', 255)))->idempotencyKey);
    }

    #[DataProvider('provideIsNotReadFromSomethingElse')]
    public function testIsNotReadFromSomethingElse(string $json): void
    {
        $this->expectException(InvalidMessage::class);
        Publication::fromArray((array) json_decode($json, true));
    }

    /**
     * @return iterable<array{string}>
     */
    public static function provideIsNotReadFromSomethingElse(): iterable
    {
        yield ['{}'];

        yield ['{"data":{"type":"x"}}'];

        yield ['{"channel":"a","user":"b","data":{"type":"x"}}'];

        yield ['{"channel":1,"data":{"type":"x"}}'];

        yield ['{"channel":"a","data":"x"}'];

        yield ['{"channel":"a","data":{}}'];

        yield ['{"channel":"a","data":{"type":"x"},"idempotencyKey":1}'];
    }
}
