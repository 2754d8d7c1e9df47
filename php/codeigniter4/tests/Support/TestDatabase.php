<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support;

use Config\Database;
use RuntimeException;

/**
 * The database that tests write to: SQLite in memory, or one of a server, which `WS_TEST_DATABASE` names by the
 * framework's driver: `MySQLi://user:password@127.0.0.1:3306/ws_test`, `Postgre://…`.
 *
 * @internal
 */
final readonly class TestDatabase
{
    public const VARIABLE = 'WS_TEST_DATABASE';

    /**
     * What every table of tests begins with: that of `phpunit.xml.dist`.
     */
    public const PREFIX = 'db_';

    /**
     * What the appstarter has for each beside the address.
     */
    private const DRIVERS = [
        'MySQLi'  => ['port' => '3306', 'charset' => 'utf8mb4', 'DBCollat' => 'utf8mb4_general_ci'],
        'Postgre' => ['port' => '5432', 'charset' => 'utf8'],
    ];

    /**
     * @param array<string, string> $connection Empty: SQLite.
     */
    private function __construct(private array $connection)
    {
    }

    /**
     * @throws RuntimeException What the variable says is no such address.
     */
    public static function fromEnvironment(): self
    {
        $url = (string) getenv(self::VARIABLE);

        if ($url === '') {
            return new self([]);
        }
        $parts  = parse_url($url);
        $driver = array_values(array_filter(array_keys(self::DRIVERS), static fn (string $name): bool => strcasecmp($name, $parts['scheme'] ?? '') === 0))[0] ?? null;

        if ($parts === false || $driver === null || ! isset($parts['host'], $parts['user']) || strlen($parts['path'] ?? '') < 2) {
            // Not what it says: there is a password in it.
            throw new RuntimeException(self::VARIABLE . ': expected MySQLi://user:password@host:port/database, or Postgre:// with the same behind it');
        }

        return new self([
            ...self::DRIVERS[$driver],
            'DBDriver' => $driver,
            'hostname' => $parts['host'],
            'username' => rawurldecode($parts['user']),
            'password' => rawurldecode($parts['pass'] ?? ''),
            'database' => rawurldecode(substr($parts['path'] ?? '', 1)),
            ...(isset($parts['port']) ? ['port' => (string) $parts['port']] : []),
        ]);
    }

    public function isSqlite(): bool
    {
        return $this->connection === [];
    }

    /**
     * What it can hold of a text: servers refuse what is no UTF-8.
     */
    public function storable(string $text): string
    {
        return $this->isSqlite() ? $text : mb_scrub($text);
    }

    /**
     * As in `.env`.
     *
     * @return array<string, string>
     */
    public function settings(string $group): array
    {
        $settings = [];

        foreach ($this->connection as $name => $value) {
            $settings["database.{$group}.{$name}"] = $value;
        }

        return $settings;
    }

    /**
     * Before the framework reads its settings.
     */
    public function configure(): void
    {
        foreach ($this->settings('tests') as $name => $value) {
            putenv("{$name}={$value}");
            $_ENV[$name] = $value;
        }
    }

    /**
     * Drops the tables that tests made, or that a run left which was broken off. Nothing else is touched.
     *
     * @param string $application One that has tables of its own, by what their names begin with.
     */
    public function clear(string $application = ''): void
    {
        if ($this->isSqlite()) {
            return;
        }
        $db    = Database::connect();
        $forge = Database::forge();
        $db->resetDataCache();
        $db->disableForeignKeyChecks();

        foreach ($db->listTables(true) ?: [] as $table) {
            if (str_starts_with($table, self::PREFIX . $application)) {
                $forge->dropTable(substr($table, strlen(self::PREFIX)), true, true);
            }
        }
        $db->enableForeignKeyChecks();
        $db->resetDataCache();
    }
}
