<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Drivers;

use CodeIgniter\Queue\Config\Queue as QueueConfig;
use CodeIgniter\Queue\Entities\QueueJob;
use CodeIgniter\Queue\Interfaces\QueueInterface;
use CodeIgniter\Test\DatabaseTestTrait;
use DateTimeImmutable;
use PHPUnit\Framework\Attributes\CoversClass;
use stdClass;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Drivers\PublishJob;
use WsElements\CodeIgniter\Drivers\QueueDriver;
use WsElements\CodeIgniter\Tests\Support\TestCase;
use WsElements\Publisher\Exceptions\PublishFailed;
use WsElements\Publisher\Publisher;

/**
 * With the real queue, in its table.
 *
 * @internal
 */
#[CoversClass(QueueDriver::class)]
#[CoversClass(PublishJob::class)]
final class QueueDriverTest extends TestCase
{
    use DatabaseTestTrait;

    /**
     * @var list<string>|string|null
     */
    protected $namespace = 'CodeIgniter\Queue';

    protected function setUp(): void
    {
        parent::setUp();

        $this->settings->driver = 'queue';
        $this->settings->apiUrl = 'http://127.0.0.1:1/' . bin2hex(random_bytes(4));
    }

    public function testLeavesPublicationsToAJob(): void
    {
        $result = Services::websocket(false)->user(42)->notify('New order', 'Order #12345');

        $this->assertTrue($result->ok);
        $job = $this->pop();
        $this->assertSame('websocket-publish', $job['job']);
        $this->assertSame('42', $job['data']['publications'][0]['user'] ?? null);
    }

    public function testPutsABatchIntoOneJob(): void
    {
        Services::websocket(false)->batch(static function (Publisher $batch): void {
            $batch->channel('products')->update('products', ['id' => 1]);
            $batch->channel('products')->update('products', ['id' => 2]);
        });

        $this->assertCount(2, $this->pop()['data']['publications']);
    }

    public function testKeepsATimeAsTheServerTakesIt(): void
    {
        Services::websocket(false)->user(42)->notify('New order', '', ['timestamp' => new DateTimeImmutable('2026-01-02T03:04:05Z')]);

        $data = $this->pop()['data']['publications'][0]['data'] ?? null;
        $this->assertIsArray($data);
        $this->assertSame('2026-01-02T03:04:05.000Z', $data['timestamp'] ?? null);
    }

    public function testPublishesOnceThoughTheJobIsTriedAgain(): void
    {
        Services::websocket(false)->user(42)->notify('New order');
        Services::websocket(false)->channel('orders')->send('order', ['order' => 7], 'order-7');

        $keys = array_map(static fn (array $job): mixed => $job['data']['publications'][0]['idempotencyKey'] ?? null, [$this->pop(), $this->pop()]);

        $this->assertMatchesRegularExpression('/\A[0-9a-f]{24}\z/', is_string($keys[0]) ? $keys[0] : '');
        $this->assertSame('order-7', $keys[1]);
    }

    public function testFailsTheJobWhereTheServerIsAwaySoThatItIsTriedAgain(): void
    {
        Services::websocket(false)->user(42)->notify('New order');
        $job = new PublishJob($this->pop()['data']);

        $this->assertGreaterThan(1, $job->getTries());
        $this->expectException(PublishFailed::class);
        $job->process();
    }

    public function testAsksTheServerAgainWhateverTheCircuitSays(): void
    {
        Services::websocket(false)->user(42)->notify('New order');
        $job  = new PublishJob($this->pop()['data']);
        $told = [];

        foreach (['first', 'second'] as $try) {
            try {
                $job->process();
            } catch (PublishFailed $failed) {
                $told[$try] = $failed->getMessage();
            }
        }

        $this->assertStringContainsString('unreachable', $told['second'] ?? '');
    }

    public function testIsKnownToTheWorkerByItsName(): void
    {
        $config = config('Queue');

        $this->assertInstanceOf(QueueConfig::class, $config);
        $this->assertSame(PublishJob::class, $config->resolveJobClass('websocket-publish'));
    }

    public function testSaysThatAQueueIsGoneAndBreaksNoPage(): void
    {
        Services::injectMock('queue', new stdClass());

        $result = Services::websocket(false)->user(42)->notify('New order');

        $this->assertFalse($result->ok);
        $this->assertLogContains('error', 'expected that of codeigniter4/queue');
    }

    /**
     * @return array{job: string, data: array{publications: list<array<string, mixed>>}}
     */
    private function pop(): array
    {
        $queue = service('queue');
        $this->assertInstanceOf(QueueInterface::class, $queue);
        $job = $queue->pop('websocket', ['default']);
        $this->assertInstanceOf(QueueJob::class, $job);

        /** @var array{job: string, data: array{publications: list<array<string, mixed>>}} */
        return (array) json_decode((string) json_encode($job->__get('payload')), true);
    }
}
