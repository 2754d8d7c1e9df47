<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support;

use CodeIgniter\Model;
use WsElements\CodeIgniter\Models\PublishesChanges;

/**
 * Published to the shops that have them, deleted softly.
 *
 * @internal
 */
final class ShopProductModel extends Model
{
    use PublishesChanges;

    protected $table          = 'products';
    protected $returnType     = 'array';
    protected $allowedFields  = ['name', 'price', 'shop', 'deleted_at'];
    protected $useSoftDeletes = true;
    protected array $casts    = ['price' => 'int-bool'];

    protected function publishedColumns(): array
    {
        return ['name', 'price'];
    }

    protected function publishedEntity(): string
    {
        return 'stock';
    }

    /**
     * @param array<string, mixed> $row
     *
     * @return list<string>
     */
    protected function publishedTo(array $row): array
    {
        return is_string($row['shop']) ? ["shop-{$row['shop']}", "user:{$row['shop']}", 'broadcast'] : [];
    }
}
