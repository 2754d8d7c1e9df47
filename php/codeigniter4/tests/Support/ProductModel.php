<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support;

use CodeIgniter\Model;
use WsElements\CodeIgniter\Models\PublishesChanges;

/**
 * @internal
 */
final class ProductModel extends Model
{
    use PublishesChanges;

    protected $table         = 'products';
    protected $returnType    = 'array';
    protected $allowedFields = ['sku', 'name', 'price', 'cost', 'shop', 'deleted_at'];

    protected function publishedColumns(): array
    {
        return ['name', 'price'];
    }
}
