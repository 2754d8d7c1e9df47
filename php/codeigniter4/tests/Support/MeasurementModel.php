<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support;

use CodeIgniter\Model;
use WsElements\CodeIgniter\Models\PublishesChanges;

/**
 * Of every type that pages take for something else than text.
 *
 * @internal
 */
final class MeasurementModel extends Model
{
    use PublishesChanges;

    protected $table            = 'measurements';
    protected $useAutoIncrement = false;
    protected $returnType       = 'array';
    protected $allowedFields    = ['id', 'whole', 'share', 'is_on', 'is_off', 'digits', 'price', 'none'];

    protected function publishedColumns(): array
    {
        return array_slice($this->allowedFields, 1);
    }
}
