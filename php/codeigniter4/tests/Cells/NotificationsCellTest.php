<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Cells;

use CodeIgniter\Config\Factories;
use CodeIgniter\Config\Services as FrameworkServices;
use CodeIgniter\Model;
use Config\App;
use Config\Database;
use PHPUnit\Framework\Attributes\CoversClass;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Cells\NotificationsCell;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Tests\Support\Html;
use WsElements\CodeIgniter\Tests\Support\TestCase;
use WsElements\CodeIgniter\Tests\Support\TestDatabase;

/**
 * @internal
 */
#[CoversClass(NotificationsCell::class)]
final class NotificationsCellTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();

        $forge = Database::forge();
        $forge->addField([
            'id'      => ['type' => 'INTEGER', 'auto_increment' => true],
            'user_id' => ['type' => 'VARCHAR', 'constraint' => 123],
            'title'   => ['type' => 'VARCHAR', 'constraint' => 255],
            'message' => ['type' => 'TEXT', 'null' => true],
            // Text, so that every database can hold what has no business there.
            'priority'   => ['type' => 'TEXT', 'null' => true],
            'link'       => ['type' => 'TEXT', 'null' => true],
            'created_at' => ['type' => 'TEXT', 'null' => true],
            'read_at'    => ['type' => 'DATETIME', 'null' => true],
        ]);
        $forge->addPrimaryKey('id');
        $forge->createTable('notifications', true);

        // Whatever the package's own is by now: the cell asks for no more than this.
        Factories::injectMock('models', 'NotificationModel', new class () extends Model {
            protected $table         = 'notifications';
            protected $returnType    = 'object';
            protected $allowedFields = ['user_id', 'title', 'message', 'priority', 'link', 'created_at', 'read_at'];
        });
        $this->signIn(42, 'Ana');
    }

    protected function tearDown(): void
    {
        Database::forge()->dropTable('notifications', true);

        parent::tearDown();
    }

    public function testRendersUnreadOnesAsTheElementTakesThemOver(): void
    {
        config(App::class)->appTimezone = 'Europe/Vienna';
        $this->store(['title' => 'Order #12344 waits', 'message' => 'Two lamps', 'priority' => 'high', 'link' => '/orders/12344', 'created_at' => '2026-03-04 10:30:00']);
        $this->store(['title' => 'Backup done', 'created_at' => '2026-03-04 11:00:00']);
        $this->store(['title' => 'Read', 'read_at' => '2026-03-04 11:00:00']);
        $this->store(['title' => 'Not hers', 'user_id' => '43']);

        $this->assertSame(
            '<ws-notifications label="Inbox" since="fake:0"><ul>'
            . '<li data-id="2"><b>Backup done</b><time datetime="2026-03-04T10:00:00.000Z">2026-03-04 11:00</time></li>'
            . '<li data-id="1" data-priority="high"><a href="/orders/12344">Order #12344 waits</a><p>Two lamps</p>'
            . '<time datetime="2026-03-04T09:30:00.000Z">2026-03-04 10:30</time></li>'
            . '</ul></ws-notifications>',
            Html::withoutIndentation(view_cell('NotificationsCell', ['label' => 'Inbox'])),
        );
    }

    public function testBeginsWhereTheUsersChannelStands(): void
    {
        Services::websocket()->user(42)->notify('Here already');

        $this->assertSame('<ws-notifications since="fake:1"></ws-notifications>', Html::withoutIndentation(view_cell('NotificationsCell')));
    }

    public function testTakesOverWhatTheUserReadInTheElement(): void
    {
        Factories::reset('models');
        $this->store(['title' => 'Read in the bell']);
        $this->store(['title' => 'Unread']);
        Services::websocket()->user(42)->send('notification_mark', ['ids' => ['1'], 'read' => true]);

        $this->assertSame(['Unread'], Html::texts(view_cell('NotificationsCell'), 'b'));
    }

    public function testRendersNoMoreThanItIsAsked(): void
    {
        $this->store(['title' => 'one']);
        $this->store(['title' => 'two']);

        $this->assertSame(['two'], Html::texts(view_cell('NotificationsCell', 'limit=1'), 'b'));
    }

    public function testIsTheElementAloneForWhoIsNotSignedIn(): void
    {
        unset($_SESSION);
        $this->settings->allowGuests = true;
        $this->store(['title' => 'Hers']);

        $this->assertSame('<ws-notifications></ws-notifications>', Html::withoutIndentation(view_cell('NotificationsCell')));
        $this->assertFalse(isset($_SESSION));
    }

    public function testIsTheElementAloneOnAPageThatIsKeptForEveryone(): void
    {
        FrameworkServices::responsecache()->setTtl(60);
        $this->store(['title' => 'Hers']);

        $this->assertSame('<ws-notifications></ws-notifications>', Html::withoutIndentation(view_cell('NotificationsCell')));
    }

    public function testLeavesTheInboxToTheServerWhereThereIsNoTable(): void
    {
        Database::forge()->dropTable('notifications', true);

        // Without a place to begin, the element asks the server for all that is kept.
        $this->assertSame('<ws-notifications></ws-notifications>', Html::withoutIndentation(view_cell('NotificationsCell')));
        $this->assertLogContains('error', 'php spark migrate --all makes their table');
    }

    /**
     * @param array<string, string> $fields
     */
    #[DataProvider('provideLetsNoTextBecomeMarkup')]
    public function testLetsNoTextBecomeMarkup(array $fields): void
    {
        $fields = array_map(TestDatabase::fromEnvironment()->storable(...), $fields);
        $this->store([...['title' => 'Title', 'message' => 'Text', 'created_at' => '2026-03-04 10:30:00'], ...$fields]);

        $outcome = Html::sent(view_cell('NotificationsCell', ['label' => $fields['title'] ?? null]));

        $elements = Html::elements($outcome);
        $this->assertSame(1, ($elements['a'] ?? 0) + ($elements['b'] ?? 0));
        $this->assertSame(['ws-notifications' => 1, 'ul' => 1, 'li' => 1, 'p' => 1], array_diff_key($elements, ['a' => 1, 'b' => 1, 'time' => 1]));
        $this->assertSame([], array_diff(Html::attributes(Html::first($outcome, 'li')), ['data-id', 'data-priority']));

        if (isset($elements['a'])) {
            $this->assertSame(['href'], Html::attributes(Html::first($outcome, 'a')));
        }

        foreach (['title' => 'b', 'message' => 'p'] as $field => $tag) {
            if (isset($fields[$field])) {
                $this->assertSame([trim(Html::readable(trim($fields[$field])))], Html::texts($outcome, $tag));
            }
        }
    }

    /**
     * @return iterable<array{array<string, string>}>
     */
    public static function provideLetsNoTextBecomeMarkup(): iterable
    {
        foreach (self::PAYLOADS as $payload) {
            foreach (['title', 'message', 'priority', 'link', 'created_at'] as $field) {
                yield [[$field => $payload]];
            }
        }
    }

    #[DataProvider('provideFollowsOnlyWhatOpensAPage')]
    public function testFollowsOnlyWhatOpensAPage(string $link, bool $isSafe): void
    {
        $this->store(['title' => 'Title', 'link' => $link]);

        $this->assertCount($isSafe ? 1 : 0, Html::texts(view_cell('NotificationsCell'), 'a'));
    }

    /**
     * @return iterable<string, array{string, bool}>
     */
    public static function provideFollowsOnlyWhatOpensAPage(): iterable
    {
        yield 'path' => ['/orders/1', true];

        yield 'beside' => ['orders?page=2', true];

        yield 'https' => ['HTTPS://shop.example/', true];

        yield 'javascript' => ['javascript:alert(1)', false];

        yield 'with blanks' => [" java\tscript:alert(1)", false];

        yield 'with control characters' => ["\x01javascript:alert(1)", false];

        yield 'data' => ['data:text/html,<script>alert(1)</script>', false];

        yield 'vbscript' => ['vbscript:msgbox(1)', false];
    }

    /**
     * @param array<string, string> $row
     */
    private function store(array $row): void
    {
        db_connect()->table('notifications')->insert([...['user_id' => '42'], ...$row]);
    }
}
