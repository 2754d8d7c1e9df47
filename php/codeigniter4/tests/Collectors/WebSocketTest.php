<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Collectors;

use CodeIgniter\Config\Services as FrameworkServices;
use CodeIgniter\Debug\Toolbar;
use CodeIgniter\Debug\Toolbar\Collectors\Database;
use Config\Toolbar as ToolbarConfig;
use DateTimeImmutable;
use DateTimeZone;
use PHPUnit\Framework\Attributes\CoversClass;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Collectors\PublicationLog;
use WsElements\CodeIgniter\Collectors\PublishedBatch;
use WsElements\CodeIgniter\Collectors\WebSocket as WebSocketCollector;
use WsElements\CodeIgniter\Config\Registrar;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Drivers\TimedDriver;
use WsElements\CodeIgniter\Drivers\TimedReader;
use WsElements\CodeIgniter\Tests\Support\Html;
use WsElements\CodeIgniter\Tests\Support\TestCase;
use WsElements\CodeIgniter\WebSocket;
use WsElements\Publisher\NullDriver;
use WsElements\Publisher\Publisher;
use WsElements\Publisher\Reader;

/**
 * @internal
 */
#[CoversClass(WebSocketCollector::class)]
#[CoversClass(PublicationLog::class)]
#[CoversClass(PublishedBatch::class)]
#[CoversClass(TimedDriver::class)]
#[CoversClass(TimedReader::class)]
#[CoversClass(Registrar::class)]
final class WebSocketTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();

        Services::injectMock('websocket', new WebSocket(new Publisher(TimedDriver::around($this->server, Services::websocketlog()))));
    }

    public function testIsThereBesideThoseOfTheApplication(): void
    {
        $collectors = config(ToolbarConfig::class)->collectors;

        $this->assertContains(Database::class, $collectors);
        $this->assertSame([WebSocketCollector::class], array_values(array_filter($collectors, static fn (string $each): bool => $each === WebSocketCollector::class)));
    }

    public function testTellsWhatWasPublishedToWhomAndWhatBecameOfIt(): void
    {
        Services::websocket()->user(42)->notify('New order', 'Order #12345');
        Services::websocket()->batch(static function (Publisher $batch): void {
            $batch->channel('products')->update('products', ['id' => 1]);
            $batch->broadcast()->status('shop', 'open');
        });
        $this->server->fail();
        Services::websocket()->client('c_1')->notify('Gone');

        $collector = new WebSocketCollector();
        $html      = $collector->display();

        $this->assertSame(4, $collector->getBadgeValue());
        $this->assertMatchesRegularExpression('/\A\(4 in 3 requests, \d+\.\d\d ms\)\z/', $collector->getTitleDetails());
        $this->assertSame(
            [
                'user 42', 'notification', '{"title":"New order","message":"Order #12345"}', 'published, at fake:1',
                'channel products', 'data_update', '{"entity":"products","action":"update","data":{"id":1}}', 'published, at fake:1',
                'everyone', 'status_update', '{"system":"shop","status":"open"}', 'published, at fake:1',
                'client c_1', 'notification', '{"title":"Gone"}', 'unreachable: no server is there',
            ],
            array_values(array_filter(array_map(static fn (string $text): string => trim(str_replace("\u{A0}", ' ', $text)), Html::texts($html, 'td')), static fn (string $text): bool => preg_match('/\A[\d.]+ ms\z/', $text) !== 1)),
        );
        $this->assertStringContainsString('rowspan="2"', $html);
        $this->assertCount(3, $collector->timelineData());
    }

    public function testShowsTimesAsTheyAreSent(): void
    {
        Services::websocket()->broadcast()->notify('Backup done', options: ['timestamp' => new DateTimeImmutable('2026-03-04 10:30:00', new DateTimeZone('Europe/Vienna'))]);

        $this->assertSame('{"title":"Backup done","timestamp":"2026-03-04T09:30:00.000Z"}', Html::texts((new WebSocketCollector())->display(), 'td')[3]);
    }

    public function testIsNotThereWhereNothingWasPublished(): void
    {
        $this->assertTrue((new WebSocketCollector())->isEmpty());
    }

    public function testShowsWhatATransactionLeftForTheEndOfThePage(): void
    {
        Services::websocketaftercommit()->run(db_connect(), static fn (Publisher $batch): mixed => null);
        db_connect()->transStart();
        Services::websocketaftercommit()->run(db_connect(), static fn (Publisher $batch): mixed => $batch->broadcast()->notify('Committed'));
        db_connect()->transComplete();

        $this->assertSame(1, (new WebSocketCollector())->getAsArray()['badgeValue']);
    }

    public function testKeepsNoMoreThanSomebodyReads(): void
    {
        for ($n = 0; $n < 250; $n++) {
            Services::websocket()->broadcast('tick');
        }

        $html = (new WebSocketCollector())->display();

        $this->assertSame(202, Html::elements($html)['tr']);
        $this->assertStringContainsString('and 50 more', $html);
    }

    public function testReadsWhereTheDriverDoes(): void
    {
        $this->assertSame('fake:0', ws_position('lobby'));
        $this->assertNotInstanceOf(Reader::class, TimedDriver::around(new NullDriver(), Services::websocketlog()));
    }

    #[DataProvider('provideLetsNoTextBecomeMarkup')]
    public function testLetsNoTextBecomeMarkup(string $payload): void
    {
        Services::websocket()->client($payload === '' ? 'c' : mb_scrub($payload))->notify($payload, $payload, ['more' => $payload]);
        $this->server->fail($payload, $payload);
        Services::websocket()->channel('lobby')->send('message', ['message' => $payload, $payload => $payload]);

        // The whole way: kept as JSON, read again, rendered by the toolbar's own view.
        $request = FrameworkServices::incomingrequest(null, false);
        $config  = config(ToolbarConfig::class);
        // Shield's would begin a session.
        $config->collectors = [WebSocketCollector::class];
        $toolbar            = new Toolbar($config);
        $json               = $toolbar->run(microtime(true), microtime(true), $request, FrameworkServices::response());
        $this->assertJson($json);
        $format = self::getPrivateMethodInvoker($toolbar, 'format');
        $html   = $format($json, 'html');
        $this->assertIsString($html);
        $begin = strpos($html, '<div id="ci-websocket"');
        $this->assertIsInt($begin);
        $panel = substr($html, $begin, (int) strpos($html, '</table>', $begin) - $begin) . '</table></div>';
        $sent  = Html::sent($panel);

        $this->assertSame($panel, $sent);
        $this->assertSame(['div' => 1, 'h2' => 1, 'span' => 1, 'table' => 1, 'thead' => 1, 'tr' => 3, 'th' => 5, 'tbody' => 1, 'td' => 10], Html::elements($sent));
    }

    /**
     * @return iterable<array{string}>
     */
    public static function provideLetsNoTextBecomeMarkup(): iterable
    {
        foreach (self::PAYLOADS as $payload) {
            yield [$payload];
        }
    }
}
