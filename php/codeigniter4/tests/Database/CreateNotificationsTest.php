<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Database;

use CodeIgniter\Database\MigrationRunner;
use CodeIgniter\Test\DatabaseTestTrait;
use Config\Database;
use Config\Migrations;
use PHPUnit\Framework\Attributes\CoversNothing;
use RuntimeException;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Database\Migrations\CreateNotifications;
use WsElements\CodeIgniter\Tests\Support\TestCase;

/**
 * @internal
 */
#[CoversNothing]
final class CreateNotificationsTest extends TestCase
{
    use DatabaseTestTrait;

    protected $migrate = false;
    private MigrationRunner $runner;

    protected function setUp(): void
    {
        parent::setUp();

        $this->runner = new MigrationRunner(config(Migrations::class), 'tests');
        $this->runner->setNamespace('WsElements\CodeIgniter');
        $this->dropWhatIsThere();
    }

    protected function tearDown(): void
    {
        $this->dropWhatIsThere();

        parent::tearDown();
    }

    public function testMakesTheTableAndDropsIt(): void
    {
        $this->runner->latest('tests');
        $this->assertSame(['id', 'user_id', 'title', 'message', 'created_at', 'priority', 'link', 'read_at'], $this->columns('notifications'));

        $this->runner->regress(0, 'tests');
        $this->assertSame([], $this->columns('notifications'));
    }

    public function testGivesTheDocumentationsTableWhatItLacks(): void
    {
        $this->make('notifications', ['id', 'user_id', 'title', 'message', 'created_at']);
        db_connect()->table('notifications')->insert(['user_id' => '42', 'title' => 'Here already']);

        $this->runner->latest('tests');

        $this->assertSame(['id', 'user_id', 'title', 'message', 'created_at', 'priority', 'link', 'read_at'], $this->columns('notifications'));
        $this->seeInDatabase('notifications', ['title' => 'Here already', 'priority' => 'normal', 'read_at' => null]);
        $this->assertIsInt(Services::websocket()->notifications()->send(42, 'New'));
    }

    public function testDropsNoTableThatItDidNotMake(): void
    {
        $this->make('notifications', ['id', 'user_id', 'title', 'message', 'created_at']);
        db_connect()->table('notifications')->insert(['user_id' => '42', 'title' => 'Here already']);
        $this->runner->latest('tests');

        $this->runner->regress(0, 'tests');

        $this->assertSame(['id', 'user_id', 'title', 'message', 'created_at'], $this->columns('notifications'));
        $this->seeInDatabase('notifications', ['title' => 'Here already']);
    }

    public function testLeavesATableAloneThatIsForSomethingElse(): void
    {
        $this->make('notifications', ['id', 'notifiable_type', 'data']);

        try {
            $this->runner->latest('tests');
            $this->fail('Expected the migration to say so');
        } catch (RuntimeException $e) {
            $this->assertSame('The table "notifications" is there, for something else: it has no user_id, title, message, created_at. Set websocket.notificationsTable = ws_notifications in .env.', $e->getMessage());
        }
        $this->assertSame(['id', 'notifiable_type', 'data'], $this->columns('notifications'));

        $this->settings->notificationsTable = 'ws_notifications';
        $this->runner->latest('tests');
        $this->assertNotNull(Services::websocket()->notifications()->send(42, 'New'));
        $this->seeInDatabase('ws_notifications', ['title' => 'New']);
    }

    public function testMakesTablesBesideEachOtherInOneDatabase(): void
    {
        // As the framework does: no autoloader finds it by such a name.
        require_once dirname(__DIR__, 2) . '/src/Database/Migrations/2026-01-01-000000_CreateNotifications.php';

        // Of two applications, told apart by what their tables are called.
        foreach (['notifications', 'ws_notifications'] as $table) {
            $this->settings->notificationsTable = $table;
            (new CreateNotifications(Database::forge()))->up();
        }
        $this->assertNotSame([], $this->columns('notifications'));
        $this->assertNotSame([], $this->columns('ws_notifications'));

        (new CreateNotifications(Database::forge()))->down();

        $this->assertNotSame([], $this->columns('notifications'));
        $this->assertSame([], $this->columns('ws_notifications'));
    }

    /**
     * Tests of all migrations leave their tables to the next.
     */
    private function dropWhatIsThere(): void
    {
        $this->runner->regress(0, 'tests');
        $forge = Database::forge();
        $forge->dropTable('notifications', true);
        $forge->dropTable('ws_notifications', true);
    }

    /**
     * @param list<string> $columns
     */
    private function make(string $table, array $columns): void
    {
        $forge = Database::forge();
        $forge->addField(['id' => ['type' => 'INTEGER', 'auto_increment' => true]]);

        foreach (array_slice($columns, 1) as $column) {
            $forge->addField([$column => ['type' => 'VARCHAR', 'constraint' => 255, 'null' => true]]);
        }
        $forge->addPrimaryKey('id');
        $forge->createTable($table);
    }

    /**
     * @return list<mixed>
     */
    private function columns(string $table): array
    {
        $db = db_connect();
        $db->resetDataCache();

        return $db->tableExists($table) ? array_values((array) $db->getFieldNames($table)) : [];
    }
}
