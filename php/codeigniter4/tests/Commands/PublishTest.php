<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Commands;

use CodeIgniter\Config\Services;
use CodeIgniter\Test\StreamFilterTrait;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Commands\Publish;
use WsElements\CodeIgniter\Tests\Support\SparkApplication;
use WsElements\CodeIgniter\Tests\Support\TestCase;

/**
 * @internal
 */
final class PublishTest extends TestCase
{
    use StreamFilterTrait;

    /**
     * @param array<int|string, string|null> $params
     * @param array<string, mixed>           $published
     */
    #[DataProvider('providePublishes')]
    public function testPublishes(array $params, array $published): void
    {
        $this->assertSame(0, $this->publish($params), $this->getStreamFilterBuffer());
        $this->assertSame([$published], array_map(static fn ($each): array => $each->toArray(), $this->server->published()));
    }

    /**
     * @return iterable<string, array{array<int|string, string|null>, array<string, mixed>}>
     */
    public static function providePublishes(): iterable
    {
        yield 'to a channel' => [['Hi there', 'channel' => 'lobby'], ['channel' => 'lobby', 'data' => ['type' => 'message', 'message' => 'Hi there']]];

        yield 'to everyone' => [['broadcast' => 'Hi'], ['broadcast' => true, 'data' => ['type' => 'message', 'message' => 'Hi']]];

        yield 'to a user, once' => [
            ['user' => '7', 'type' => 'notification', 'data' => '{"title": "New", "message": "#1"}', 'key' => 'order-1'],
            ['user' => '7', 'data' => ['type' => 'notification', 'title' => 'New', 'message' => '#1'], 'idempotencyKey' => 'order-1'],
        ];

        yield 'a message that begins with a hyphen' => [['data={"message": "-1"}' => null, 'channel' => 'lobby'], ['channel' => 'lobby', 'data' => ['type' => 'message', 'message' => '-1']]];
    }

    /**
     * @param array<int|string, string|null> $params
     */
    #[DataProvider('provideSaysWhatIsWrongWithTheCall')]
    public function testSaysWhatIsWrongWithTheCall(array $params, string $why): void
    {
        $this->assertSame(2, $this->publish($params));
        $this->assertStringContainsString($why, $this->getStreamFilterBuffer());
        $this->assertSame([], $this->server->published());
    }

    /**
     * @return iterable<string, array{array<int|string, string|null>, string}>
     */
    public static function provideSaysWhatIsWrongWithTheCall(): iterable
    {
        yield 'to nobody' => [['Hi'], 'to whom?'];

        yield 'to two' => [['Hi', 'channel' => 'a', 'user' => '7'], 'to whom?'];

        yield 'nothing' => [['channel' => 'a'], 'what?'];

        yield 'no JSON' => [['channel' => 'a', 'data' => '{a'], 'is no JSON'];

        yield 'a JSON list' => [['channel' => 'a', 'data' => '[1]'], 'expected a JSON object'];

        yield 'a channel that can be none' => [['Hi', 'channel' => 'a b'], 'channel: expected'];

        yield 'the protocol\'s own type' => [['Hi', 'channel' => 'a', 'type' => 'welcome'], 'belongs to the protocol'];
    }

    public function testSaysThatTheServerIsNotThere(): void
    {
        $own = SparkApplication::make();

        try {
            $environment         = ['websocket.apiUrl' => 'http://127.0.0.1:9', 'websocket.apiKey' => 'key'];
            [$code, , $errors]   = $own->spark('ws:publish --channel lobby Hi', $environment);
            [$jsonCode, $output] = $own->spark('ws:publish --channel lobby Hi --json', $environment);

            $this->assertSame([1, 1], [$code, $jsonCode]);
            $this->assertStringContainsString('not published (unreachable): http://127.0.0.1:9', $errors);
            $answer = json_decode($output, true, flags: JSON_THROW_ON_ERROR);
            $this->assertIsArray($answer);
            $this->assertFalse($answer['ok']);
            $this->assertIsArray($answer['error'] ?? null);
            $this->assertSame('unreachable', $answer['error']['code'] ?? null);
        } finally {
            $own->remove();
        }
    }

    /**
     * @param array<int|string, string|null> $params
     */
    private function publish(array $params): int
    {
        return (new Publish(Services::logger(), Services::commands()))->run($params);
    }
}
