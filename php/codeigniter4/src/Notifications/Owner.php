<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Notifications;

use CodeIgniter\Database\BaseBuilder;
use CodeIgniter\Database\BaseConnection;
use CodeIgniter\Database\MySQLi\Connection as MySqlConnection;

/**
 * The condition that rows are one user's and nobody else's, whatever the column's type and the database's idea of
 * equality. To MySQL `ana` is `ANA`, and, where the column is a number, `42nd` is 42 and `guest:7` is 0; PostgreSQL fails
 * where a text is compared with a number that it is not.
 *
 * @internal
 */
final class Owner
{
    private const NUMBER = '/\A(?:0|[1-9]\d{0,17})\z/';
    private const UUID   = '/\A[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\z/';

    public static function restrict(BaseBuilder $builder, string $userId): BaseBuilder
    {
        // Columns are only asked for where it matters: ids are numbers in most applications.
        if (preg_match(self::NUMBER, $userId) !== 1 && ! self::canHold(self::type($builder), $userId)) {
            return $builder->where('1 = 0', null, false);
        }
        $builder->where('user_id', $userId);

        // Beside the comparison above, which finds by the index.
        return $builder->db() instanceof MySqlConnection ? $builder->where('CAST(CAST(user_id AS CHAR) AS BINARY)', $userId) : $builder;
    }

    /**
     * @param string $userId That is no number.
     */
    private static function canHold(string $type, string $userId): bool
    {
        return match (true) {
            preg_match('/int|serial|numeric|decimal|float|double|real/i', $type) === 1 => false,
            strcasecmp($type, 'uuid') === 0                                            => preg_match(self::UUID, $userId) === 1,
            default                                                                    => true,
        };
    }

    private static function type(BaseBuilder $builder): string
    {
        $db = $builder->db();

        foreach ($db instanceof BaseConnection ? $db->getFieldData($builder->getTable()) : [] as $column) {
            if (($column->name ?? null) === 'user_id' && is_string($column->type ?? null)) {
                return $column->type;
            }
        }

        return '';
    }
}
