<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Database\Migrations;

use CodeIgniter\Database\BaseConnection;
use CodeIgniter\Database\Migration;
use RuntimeException;
use WsElements\CodeIgniter\Config\Services;

/**
 * The table of notifications. One that an application has from the documentation gets the columns that it lacks, and
 * keeps everything else.
 */
class CreateNotifications extends Migration
{
    private const NEEDED = ['id', 'user_id', 'title', 'message', 'created_at'];

    public function up(): void
    {
        $table = Services::websocketconfig()->notificationsTable;
        $added = [
            'priority' => ['type' => 'VARCHAR', 'constraint' => 16, 'default' => 'normal'],
            'link'     => ['type' => 'TEXT', 'null' => true],
            'read_at'  => ['type' => 'DATETIME', 'null' => true],
        ];

        if ($this->isThere($table)) {
            $has     = $this->columns($table);
            $missing = array_diff(self::NEEDED, $has);

            if ($missing !== []) {
                throw new RuntimeException("The table \"{$table}\" is there, for something else: it has no " . implode(', ', $missing) . '. Set websocket.notificationsTable = ws_notifications in .env.');
            }

            $this->forge->addColumn($table, array_diff_key($added, array_flip($has)));

            return;
        }

        $this->forge->addField([
            'id'         => ['type' => 'BIGINT', 'unsigned' => true, 'auto_increment' => true],
            'user_id'    => ['type' => 'VARCHAR', 'constraint' => 123],
            'title'      => ['type' => 'VARCHAR', 'constraint' => 255],
            'message'    => ['type' => 'TEXT', 'null' => true],
            'created_at' => ['type' => 'DATETIME', 'null' => true],
            ...$added,
        ]);
        $this->forge->addPrimaryKey('id');
        $this->forge->addKey(['user_id', 'read_at'], false, false, $this->index($table));
        $this->forge->createTable($table);
    }

    public function down(): void
    {
        $table = Services::websocketconfig()->notificationsTable;

        if (! $this->isThere($table)) {
            return;
        }
        if (array_key_exists($this->index($table), $this->database()->getIndexData($table))) {
            $this->forge->dropTable($table);

            return;
        }

        $added = array_values(array_intersect(['priority', 'link', 'read_at'], $this->columns($table)));

        if ($added !== []) {
            $this->forge->dropColumn($table, $added);
        }
    }

    /**
     * The index that a table has which was made here; no other is ever dropped. PostgreSQL and SQLite know an index by its
     * name alone, and two applications may share a database, each with its prefix. Names longer than 63 bytes are
     * cut off there.
     */
    private function index(string $table): string
    {
        return substr($this->database()->getPrefix() . $table, 0, 50) . '_ws_inbox';
    }

    private function isThere(string $table): bool
    {
        $database = $this->database();
        // By the prefixed name or by the bare one: only what is kept of it is asked the same way in all versions.
        $database->resetDataCache();

        return $database->tableExists($table);
    }

    /**
     * @return list<string>
     */
    private function columns(string $table): array
    {
        $database = $this->database();
        $database->resetDataCache();

        return array_values(array_filter((array) $database->getFieldNames($table), is_string(...)));
    }

    /**
     * @return BaseConnection<mixed, mixed>
     */
    private function database(): BaseConnection
    {
        return $this->db instanceof BaseConnection ? $this->db : throw new RuntimeException('Expected a connection of the framework, got ' . $this->db::class);
    }
}
