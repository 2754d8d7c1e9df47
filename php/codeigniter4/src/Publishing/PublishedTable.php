<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Publishing;

use Closure;
use CodeIgniter\Database\BaseConnection;

/**
 * What a model says of its table: which columns may leave the server, and where to.
 *
 * @internal
 */
final readonly class PublishedTable
{
    /**
     * Keys in one statement.
     */
    private const CHUNK = 500;

    /**
     * @param BaseConnection<mixed, mixed>                           $db
     * @param string|null                                            $deletedField Of rows that are deleted softly.
     * @param list<string>                                           $columns
     * @param Closure(array<string, mixed>): list<string>            $channels     Of a row.
     * @param Closure(array<string, mixed>): array<array-key, mixed> $cast         To what the model makes of columns.
     */
    public function __construct(
        public BaseConnection $db,
        public string $table,
        public string $key,
        public ?string $deletedField,
        public string $entity,
        public array $columns,
        public Closure $channels,
        public Closure $cast,
    ) {
    }

    /**
     * Rows as they are now; null in the place of those that are not there.
     *
     * @param list<int|string> $keys
     *
     * @return array<int|string, array<string, mixed>|null> By key.
     */
    public function read(array $keys): array
    {
        $rows = array_fill_keys($keys, null);

        foreach (array_chunk($keys, self::CHUNK) as $some) {
            $builder = $this->db->table($this->table)->whereIn($this->key, $some);

            if ($this->deletedField !== null) {
                $builder->where($this->deletedField, null);
            }

            foreach (Rows::of($builder) as $row) {
                $key = $row[$this->key] ?? null;

                if (is_int($key) || is_string($key)) {
                    $rows[$key] = $row;
                }
            }
        }

        return $rows;
    }

    /**
     * Of a row only what may leave.
     *
     * @param array<string, mixed> $row
     *
     * @return array<string, mixed>
     */
    public function visible(array $row): array
    {
        return array_intersect_key($row, array_flip($this->columns));
    }
}
