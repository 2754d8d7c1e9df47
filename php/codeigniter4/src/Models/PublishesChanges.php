<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Models;

use Closure;
use CodeIgniter\Database\BaseResult;
use CodeIgniter\Database\Query;
use CodeIgniter\Model;
use Throwable;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Publishing\NewKeys;
use WsElements\CodeIgniter\Publishing\PublishedTable;
use WsElements\CodeIgniter\Publishing\Rows;

/**
 * Publishes what a model inserts, updates and deletes, as `data_update`: after the transaction around it, and not where
 * it was rolled back.
 *
 * ```php
 * class ProductModel extends Model
 * {
 *     use PublishesChanges;
 *
 *     protected $table = 'products';
 *
 *     protected function publishedColumns(): array
 *     {
 *         return ['name', 'price'];
 *     }
 * }
 * ```
 *
 * What is written past the model (`$model->builder()`, `$db->query()`, `increment()`) is not noticed.
 *
 * @phpstan-require-extends Model
 */
trait PublishesChanges
{
    /**
     * Columns that may leave the server: everyone who follows the channel sees them. The key goes with them, as `id`.
     * There is no default: what is not named stays.
     *
     * @return list<string>
     */
    abstract protected function publishedColumns(): array;

    /**
     * What elements know the rows by.
     */
    protected function publishedEntity(): string
    {
        return $this->table;
    }

    /**
     * On which channels: `"user:{$row['user_id']}"` for who ordered, `broadcast` for everyone. A row that moves from one to
     * another is deleted there and created here.
     *
     * @param array<string, mixed> $row All of its columns, as the database has them.
     *
     * @return list<string>|string None: it is not published.
     */
    protected function publishedTo(array $row): array|string
    {
        return $this->publishedEntity();
    }

    protected function doInsert(array $row)
    {
        $result = parent::doInsert($row);

        if ($result === true) {
            $this->noteNew([$this->insertID]);
        }

        return $result;
    }

    /**
     * @param list<array<int|string, bool|float|int|object|string|null>|object>|null $set
     */
    protected function doInsertBatch(?array $set = null, ?bool $escape = null, int $batchSize = 100, bool $testing = false)
    {
        if ($testing) {
            return parent::doInsertBatch($set, $escape, $batchSize, $testing);
        }
        if (! $this->useAutoIncrement) {
            $result = parent::doInsertBatch($set, $escape, $batchSize);
            $this->noteNew($result === false ? [] : array_column($set ?? [], $this->primaryKey));

            return $result;
        }

        [$result, $keys] = NewKeys::of($this->db, $this->table, $this->primaryKey, fn () => parent::doInsertBatch($set, $escape, $batchSize));
        $this->noteNew($keys);

        return $result;
    }

    /**
     * @param int|list<int|string>|string|null                          $id
     * @param array<int|string, bool|float|int|object|string|null>|null $row
     */
    protected function doUpdate($id = null, $row = null): bool
    {
        return $this->noting($this->keysOf($id), fn (): bool => parent::doUpdate($id, $row));
    }

    /**
     * @param list<array<int|string, bool|float|int|object|string|null>|object>|null $set
     */
    protected function doUpdateBatch(?array $set = null, ?string $index = null, int $batchSize = 100, bool $returnSQL = false)
    {
        if ($returnSQL) {
            return parent::doUpdateBatch($set, $index, $batchSize, $returnSQL);
        }

        return $this->noting($this->keysBy((string) $index, $set ?? []), fn () => parent::doUpdateBatch($set, $index, $batchSize));
    }

    /**
     * @return BaseResult<mixed, mixed>|bool|Query|string
     */
    protected function doReplace(?array $row = null, bool $returnSQL = false)
    {
        if ($returnSQL) {
            return parent::doReplace($row, $returnSQL);
        }
        if (isset($row[$this->primaryKey])) {
            return $this->noting($this->asKeys([$row[$this->primaryKey]]), fn () => parent::doReplace($row));
        }

        $result = parent::doReplace($row);
        $this->noteNew($result === false ? [] : [$this->db->insertID()]);

        return $result;
    }

    /**
     * @param int|list<int|string>|string|null $id
     */
    protected function doDelete($id = null, bool $purge = false)
    {
        return $this->noting($this->keysOf($id), fn () => parent::doDelete($id, $purge));
    }

    /**
     * @template T
     *
     * @param list<int|string> $keys
     * @param Closure(): T     $write
     *
     * @return T
     */
    private function noting(array $keys, Closure $write): mixed
    {
        $table  = $this->publishedTable();
        $before = $this->trying(static fn (): array => $table->read($keys));
        $result = $write();

        if ($result !== false) {
            Services::websocketchanges()->note(static::class, $table, $before);
        }

        return $result;
    }

    /**
     * @param array<array-key, mixed> $keys
     */
    private function noteNew(array $keys): void
    {
        Services::websocketchanges()->note(static::class, $this->publishedTable(), array_fill_keys($this->asKeys($keys), null));
    }

    private function publishedTable(): PublishedTable
    {
        return new PublishedTable(
            $this->db,
            $this->table,
            $this->primaryKey,
            $this->useSoftDeletes ? $this->deletedField : null,
            $this->publishedEntity(),
            $this->publishedColumns(),
            fn (array $row): array     => array_values((array) $this->publishedTo($row)),
            fn (array $columns): array => $this->converter === null ? $columns : $this->converter->fromDataSource($columns),
        );
    }

    /**
     * Whose keys were given, else those of what the model's conditions select.
     *
     * @return list<int|string>
     */
    private function keysOf(mixed $id): array
    {
        $given = is_array($id) ? $id : [];
        $keys  = $this->asKeys($given);

        if ($given !== [] && count($keys) === count($given)) {
            return $keys;
        }

        return array_values($this->trying(function () use ($given): array {
            $builder = clone $this->builder();

            if ($given !== []) {
                $builder->whereIn("{$this->table}.{$this->primaryKey}", $given);
            }

            // The framework refuses to write to all rows. They need not be read for that.
            return $builder->getCompiledQBWhere() === [] ? [] : Rows::keys($builder, "{$this->table}.{$this->primaryKey}", $this->primaryKey);
        }));
    }

    /**
     * @param array<array-key, mixed> $set
     *
     * @return list<int|string>
     */
    private function keysBy(string $index, array $set): array
    {
        $values = $this->asKeys(array_column($set, $index));

        if ($index === $this->primaryKey || $values === []) {
            return $values;
        }

        return array_values($this->trying(fn (): array => array_merge(...array_map(
            fn (array $some): array => Rows::keys($this->db->table($this->table)->whereIn($index, $some), $this->primaryKey),
            array_chunk($values, 500),
        ))));
    }

    /**
     * @param array<array-key, mixed> $values
     *
     * @return list<int|string>
     */
    private function asKeys(array $values): array
    {
        return array_values(array_filter($values, static fn (mixed $key): bool => (is_int($key) && $key !== 0) || (is_string($key) && $key !== '')));
    }

    /**
     * A write does not fail because it cannot be published.
     *
     * @template TKey of int|string
     * @template TValue
     *
     * @param Closure(): array<TKey, TValue> $read
     *
     * @return array<TKey, TValue>
     */
    private function trying(Closure $read): array
    {
        try {
            return $read();
        } catch (Throwable $e) {
            log_message('error', 'WebSocket: changes of {table} are not published: {reason}', ['table' => $this->table, 'reason' => $e->getMessage()]);

            return [];
        }
    }
}
