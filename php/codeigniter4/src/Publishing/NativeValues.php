<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Publishing;

use CodeIgniter\Database\MySQLi\Result as MySqlResult;
use CodeIgniter\Database\Postgre\Result as PostgreResult;
use CodeIgniter\Database\ResultInterface;

/**
 * Values as numbers and booleans where the column is one, as SQLite has them. MySQL and PostgreSQL send text: a page would
 * get the price `"40"`, and `"f"`, which is true there. What a number cannot hold stays text: decimals, and whole numbers that
 * browsers would round.
 *
 * @internal
 */
final class NativeValues
{
    /**
     * The greatest whole number that a browser has exactly, 2^53 - 1.
     */
    private const GREATEST = 9_007_199_254_740_991;

    /**
     * MySQL's by the code of its protocol (the extension with its constants need not be there), PostgreSQL's by name.
     */
    private const TYPES = [
        1      => 'int', 2 => 'int', 3 => 'int', 8 => 'int', 9 => 'int', 13 => 'int', 4 => 'float', 5 => 'float',
        'int2' => 'int', 'int4' => 'int', 'int8' => 'int', 'float4' => 'float', 'float8' => 'float', 'bool' => 'bool',
    ];

    /**
     * @param ResultInterface<mixed, mixed> $result
     *
     * @return array<string, 'bool'|'float'|'int'> By column; without those whose values are what they are.
     */
    public static function types(ResultInterface $result): array
    {
        $types = [];

        foreach ($result instanceof MySqlResult || $result instanceof PostgreResult ? $result->getFieldData() : [] as $field) {
            $field = (array) $field;
            $name  = $field['name'] ?? null;
            $type  = $field[$result instanceof MySqlResult ? 'type' : 'type_name'] ?? null;

            if (is_string($name) && (is_int($type) || is_string($type)) && isset(self::TYPES[$type])) {
                $types[$name] = self::TYPES[$type];
            }
        }

        return $types;
    }

    /**
     * @param 'bool'|'float'|'int' $type
     */
    public static function of(mixed $value, string $type): mixed
    {
        return match (true) {
            ! is_string($value) => $value,
            $type === 'bool'    => $value === 't',
            // Not a number: `NaN`, `Infinity`.
            ! is_numeric($value) => $value,
            $type === 'float'    => (float) $value,
            default              => self::isExact($value) ? (int) $value : $value,
        };
    }

    /**
     * A key as a page can hold it: a great one as text, or it would be another row's.
     */
    public static function key(int|string $key): int|string
    {
        return is_int($key) && abs($key) > self::GREATEST ? (string) $key : $key;
    }

    private static function isExact(string $digits): bool
    {
        return (string) (int) $digits === $digits && abs((int) $digits) <= self::GREATEST;
    }
}
