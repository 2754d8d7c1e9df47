<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Publishing;

use WsElements\Publisher\Names;
use WsElements\Publisher\Publisher;
use WsElements\Publisher\Target;

/**
 * Publishes how rows differ from what they were before a request wrote to them. So a row is published once, however often
 * a transaction wrote to it; not at all where nothing that others see has changed; and not where it was rolled back.
 */
final class ChangedRows
{
    /**
     * By model: its table, and its rows as they were.
     *
     * @var array<string, array{PublishedTable, array<int|string, array<string, mixed>|null>}>
     */
    private array $noted = [];

    public function __construct(private readonly AfterCommit $afterCommit)
    {
    }

    /**
     * @param string                                       $model  Its class: several may be of one table.
     * @param array<int|string, array<string, mixed>|null> $before By key, as they were before the write; null: not there.
     */
    public function note(string $model, PublishedTable $table, array $before): void
    {
        if ($before === []) {
            return;
        }

        $name = $model . ' ' . spl_object_id($table->db);

        if (isset($this->noted[$name])) {
            // What was noted first is what was there before all of it.
            $this->noted[$name] = [$table, $this->noted[$name][1] + $before];

            return;
        }

        $this->noted[$name] = [$table, $before];
        $this->afterCommit->run($table->db, function (Publisher $batch) use ($name): void {
            [$table, $rows] = $this->noted[$name];
            unset($this->noted[$name]);
            $this->publish($batch, $table, $rows);
        });
    }

    /**
     * @param array<int|string, array<string, mixed>|null> $before
     */
    private function publish(Publisher $batch, PublishedTable $table, array $before): void
    {
        foreach ($table->read(array_keys($before)) as $key => $now) {
            $id      = NativeValues::key($key);
            $was     = $before[$key];
            $wasIn   = $was === null ? [] : ($table->channels)($was);
            $isIn    = $now === null ? [] : ($table->channels)($now);
            $changed = $was !== null && $now !== null && $table->visible($was) !== $table->visible($now);

            foreach (array_diff($wasIn, $isIn) as $channel) {
                $this->target($batch, $channel)->delete($table->entity, $id);
            }

            if ($now === null) {
                continue;
            }
            // What the key is called is the database's affair.
            $row = ['id' => $id] + ($table->cast)($table->visible($now));

            foreach ($isIn as $channel) {
                if (! in_array($channel, $wasIn, true)) {
                    $this->target($batch, $channel)->create($table->entity, $row);
                } elseif ($changed) {
                    $this->target($batch, $channel)->update($table->entity, $row);
                }
            }
        }
    }

    private function target(Publisher $batch, string $channel): Target
    {
        return match (true) {
            $channel === Names::BROADCAST                 => $batch->broadcast(),
            str_starts_with($channel, Names::USER_PREFIX) => $batch->user(substr($channel, strlen(Names::USER_PREFIX))),
            default                                       => $batch->channel($channel),
        };
    }
}
