<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Publishing;

use CodeIgniter\Database\BaseBuilder;
use CodeIgniter\Database\ResultInterface;

/**
 * Rows as the database has them, without an entity or a cast of the model.
 *
 * @internal
 */
final class Rows
{
    /**
     * @return list<array<string, mixed>> Empty where the query fails: the framework has logged it.
     */
    public static function of(BaseBuilder $builder): array
    {
        $found = $builder->get();

        if (! $found instanceof ResultInterface) {
            return [];
        }

        $types = NativeValues::types($found);
        $rows  = [];

        foreach ($found->getResultArray() as $row) {
            if (is_array($row)) {
                $columns = [];

                foreach ($row as $name => $value) {
                    $columns[(string) $name] = isset($types[$name]) ? NativeValues::of($value, $types[$name]) : $value;
                }
                $rows[] = $columns;
            }
        }

        return $rows;
    }

    /**
     * What can be a key, of a column.
     *
     * @param string|null $name By which a row has it, where the column is named with its table.
     *
     * @return list<int|string>
     */
    public static function keys(BaseBuilder $builder, string $column, ?string $name = null): array
    {
        return array_values(array_filter(
            array_column(self::of($builder->select($column)), $name ?? $column),
            static fn (mixed $key): bool => is_int($key) || (is_string($key) && $key !== ''),
        ));
    }
}
