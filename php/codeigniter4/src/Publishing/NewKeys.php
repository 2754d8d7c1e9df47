<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Publishing;

use Closure;
use CodeIgniter\Database\BaseConnection;

/**
 * The keys of rows that were inserted many at once. Databases tell one of them, and each another one.
 *
 * @internal
 */
final class NewKeys
{
    /**
     * Rows whose keys the database counts: those that are greater than every one before. Who inserts at the same moment,
     * and has committed, is among them.
     *
     * @template T
     *
     * @param BaseConnection<mixed, mixed> $db
     * @param Closure(): T                 $insert
     *
     * @return array{T, list<int|string>} What the closure returned, and the keys.
     */
    public static function of(BaseConnection $db, string $table, string $key, Closure $insert): array
    {
        $before = self::greatest($db, $table, $key);
        $result = $insert();

        if ($result === false) {
            return [$result, []];
        }

        $builder = $db->table($table)->orderBy($key);

        if ($before !== null) {
            $builder->where("{$key} >", $before);
        }

        return [$result, Rows::keys($builder, $key)];
    }

    /**
     * @param BaseConnection<mixed, mixed> $db
     */
    private static function greatest(BaseConnection $db, string $table, string $key): int|string|null
    {
        return Rows::keys($db->table($table)->orderBy($key, 'DESC')->limit(1), $key)[0] ?? null;
    }
}
