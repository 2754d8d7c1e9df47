<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Models;

use CodeIgniter\Config\Services as FrameworkServices;
use CodeIgniter\Database\Exceptions\DatabaseException;
use CodeIgniter\Database\RawSql;
use CodeIgniter\Events\Events;
use Config\Database;
use PHPUnit\Framework\Attributes\CoversClass;
use PHPUnit\Framework\Attributes\CoversTrait;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Models\PublishesChanges;
use WsElements\CodeIgniter\Publishing\AfterCommit;
use WsElements\CodeIgniter\Publishing\ChangedRows;
use WsElements\CodeIgniter\Publishing\NewKeys;
use WsElements\CodeIgniter\Publishing\PublishedTable;
use WsElements\CodeIgniter\Publishing\Rows;
use WsElements\CodeIgniter\Tests\Support\CountingDriver;
use WsElements\CodeIgniter\Tests\Support\MeasurementModel;
use WsElements\CodeIgniter\Tests\Support\ProductModel;
use WsElements\CodeIgniter\Tests\Support\ShopProductModel;
use WsElements\CodeIgniter\Tests\Support\TestCase;
use WsElements\CodeIgniter\WebSocket;
use WsElements\Publisher\Publication;
use WsElements\Publisher\Publisher;

/**
 * @internal
 */
#[CoversClass(AfterCommit::class)]
#[CoversClass(ChangedRows::class)]
#[CoversClass(PublishedTable::class)]
#[CoversClass(NewKeys::class)]
#[CoversClass(Rows::class)]
#[CoversTrait(PublishesChanges::class)]
final class PublishesChangesTest extends TestCase
{
    private ProductModel $products;

    protected function setUp(): void
    {
        parent::setUp();

        $forge = Database::forge();
        $forge->addField([
            'id'         => ['type' => 'INTEGER', 'auto_increment' => true],
            'sku'        => ['type' => 'VARCHAR', 'constraint' => 20, 'null' => true],
            'name'       => ['type' => 'VARCHAR', 'constraint' => 99, 'default' => 'unnamed'],
            'price'      => ['type' => 'INTEGER', 'null' => true],
            'cost'       => ['type' => 'INTEGER', 'null' => true],
            'shop'       => ['type' => 'VARCHAR', 'constraint' => 20, 'null' => true],
            'deleted_at' => ['type' => 'DATETIME', 'null' => true],
        ]);
        $forge->addPrimaryKey('id');
        $forge->addUniqueKey('sku');
        $forge->createTable('products');

        foreach ([['A', 'Lamp', 10], ['B', 'Table', 20], ['C', 'Chair', 30]] as [$sku, $name, $price]) {
            db_connect()->table('products')->insert(['sku' => $sku, 'name' => $name, 'price' => $price, 'cost' => 1]);
        }
        $this->products = new ProductModel();
    }

    protected function tearDown(): void
    {
        while (db_connect()->transDepth > 0) {
            db_connect()->transRollback();
        }
        Database::forge()->dropTable('products');

        parent::tearDown();
    }

    /**
     * @param callable(ProductModel): mixed $write
     * @param list<string>                  $expected
     */
    #[DataProvider('providePublishesWhatIsWritten')]
    public function testPublishesWhatIsWritten(callable $write, array $expected): void
    {
        $write($this->products);

        $this->assertSame($expected, $this->published());
    }

    /**
     * @param callable(ProductModel): mixed $write
     * @param list<string>                  $expected
     */
    #[DataProvider('providePublishesWhatIsWritten')]
    public function testPublishesInOneRequestAfterTheTransaction(callable $write, array $expected): void
    {
        $driver = new CountingDriver();
        Services::injectMock('websocket', new WebSocket(new Publisher($driver)));

        db_connect()->transStart();
        $write($this->products);
        $this->assertSame([], $driver->publishes);
        db_connect()->transComplete();
        Services::websocket()->publishCommitted();

        $this->assertSame($expected === [] ? [] : [count($expected)], $driver->publishes);
    }

    /**
     * @param callable(ProductModel): mixed $write
     */
    #[DataProvider('providePublishesWhatIsWritten')]
    public function testPublishesNothingThatIsRolledBack(callable $write): void
    {
        db_connect()->transBegin();
        $write($this->products);
        db_connect()->transRollback();
        Services::websocket()->publishCommitted();

        $this->assertSame([], $this->published());
    }

    /**
     * @return iterable<string, array{callable(ProductModel): mixed, list<string>}>
     */
    public static function providePublishesWhatIsWritten(): iterable
    {
        yield 'insert' => [
            static fn (ProductModel $products): mixed => $products->insert(['name' => 'Sofa', 'price' => 40, 'cost' => 5]),
            ['channel products: create products {"id":4,"name":"Sofa","price":40}'],
        ];

        yield 'insert, with the defaults of the database' => [
            static fn (ProductModel $products): mixed => $products->insert(['price' => 40]),
            ['channel products: create products {"id":4,"name":"unnamed","price":40}'],
        ];

        yield 'insert without callbacks' => [
            static fn (ProductModel $products): mixed => $products->allowCallbacks(false)->insert(['name' => 'Sofa', 'price' => 40]),
            ['channel products: create products {"id":4,"name":"Sofa","price":40}'],
        ];

        yield 'insertBatch' => [
            static fn (ProductModel $products): mixed => $products->insertBatch([['name' => 'Sofa', 'price' => 40], ['name' => 'Bed', 'price' => 50]]),
            ['channel products: create products {"id":4,"name":"Sofa","price":40}', 'channel products: create products {"id":5,"name":"Bed","price":50}'],
        ];

        yield 'update' => [
            static fn (ProductModel $products): mixed => $products->update(1, ['price' => 11, 'cost' => 2]),
            ['channel products: update products {"id":1,"name":"Lamp","price":11}'],
        ];

        yield 'update of several' => [
            static fn (ProductModel $products): mixed => $products->update([1, 3], ['price' => 7]),
            ['channel products: update products {"id":1,"name":"Lamp","price":7}', 'channel products: update products {"id":3,"name":"Chair","price":7}'],
        ];

        yield 'save' => [
            static fn (ProductModel $products): mixed => $products->save(['id' => 2, 'name' => 'Desk']),
            ['channel products: update products {"id":2,"name":"Desk","price":20}'],
        ];

        yield 'update by a condition that no longer holds' => [
            static fn (ProductModel $products): mixed => $products->where('price >', 15)->set(['price' => 5])->update(),
            ['channel products: update products {"id":2,"name":"Table","price":5}', 'channel products: update products {"id":3,"name":"Chair","price":5}'],
        ];

        yield 'update by an expression' => [
            static fn (ProductModel $products): mixed => $products->set('price', 'price + 1', false)->update(1),
            ['channel products: update products {"id":1,"name":"Lamp","price":11}'],
        ];

        yield 'update by keys and a condition' => [
            static fn (ProductModel $products): mixed => $products->where('price', 10)->update([1, 2], ['price' => 5]),
            ['channel products: update products {"id":1,"name":"Lamp","price":5}'],
        ];

        yield 'updateBatch' => [
            static fn (ProductModel $products): mixed => $products->updateBatch([['id' => 1, 'price' => 11], ['id' => 2, 'price' => 21]], 'id'),
            ['channel products: update products {"id":1,"name":"Lamp","price":11}', 'channel products: update products {"id":2,"name":"Table","price":21}'],
        ];

        yield 'updateBatch by another column' => [
            static fn (ProductModel $products): mixed => $products->updateBatch([['sku' => 'C', 'price' => 31]], 'sku'),
            ['channel products: update products {"id":3,"name":"Chair","price":31}'],
        ];

        yield 'delete' => [
            static fn (ProductModel $products): mixed => $products->delete(1),
            ['channel products: delete products {"id":1}'],
        ];

        yield 'delete of several' => [
            static fn (ProductModel $products): mixed => $products->delete([1, 2]),
            ['channel products: delete products {"id":1}', 'channel products: delete products {"id":2}'],
        ];

        yield 'delete by a condition' => [
            static fn (ProductModel $products): mixed => $products->where('price <', 25)->delete(),
            ['channel products: delete products {"id":1}', 'channel products: delete products {"id":2}'],
        ];

        yield 'replace' => [
            static fn (ProductModel $products): mixed => $products->replace(['id' => 1, 'name' => 'Torch', 'price' => 3]),
            ['channel products: update products {"id":1,"name":"Torch","price":3}'],
        ];

        yield 'replace of what was not there' => [
            static fn (ProductModel $products): mixed => $products->replace(['name' => 'Torch', 'price' => 3]),
            ['channel products: create products {"id":4,"name":"Torch","price":3}'],
        ];

        yield 'what nobody sees' => [
            static fn (ProductModel $products): mixed => $products->update(1, ['cost' => 9]),
            [],
        ];

        yield 'what is as it was' => [
            static fn (ProductModel $products): mixed => $products->update(1, ['name' => 'Lamp']),
            [],
        ];

        yield 'what is not there' => [
            static fn (ProductModel $products): mixed => $products->delete(99),
            [],
        ];
    }

    public function testPublishesARowOnceHoweverOftenATransactionWroteToIt(): void
    {
        db_connect()->transStart();
        $this->products->update(1, ['price' => 11]);
        $this->products->update(1, ['price' => 12]);
        $this->products->insert(['name' => 'Never seen']);
        $this->products->delete(4);
        $this->products->insert(['id' => null, 'name' => 'Sofa', 'price' => 1]);
        $this->products->update(5, ['price' => 40]);
        $this->products->delete(2);
        db_connect()->transComplete();
        Services::websocket()->publishCommitted();

        $published = $this->published();
        sort($published);
        $this->assertCount(3, $published);
        $this->assertContains('channel products: update products {"id":1,"name":"Lamp","price":12}', $published);
        $this->assertContains('channel products: delete products {"id":2}', $published);
        $this->assertStringContainsString('create products', $published[0]);
    }

    public function testPublishesWhatTheLastOfTwoTransactionsLeft(): void
    {
        db_connect()->transBegin();
        $this->products->update(1, ['price' => 11]);
        $this->products->update(2, ['price' => 21]);
        db_connect()->transRollback();
        db_connect()->transBegin();
        $this->products->update(1, ['price' => 12]);
        db_connect()->transCommit();
        Services::websocket()->publishCommitted();

        $this->assertSame(['channel products: update products {"id":1,"name":"Lamp","price":12}'], $this->published());
    }

    public function testPublishesNothingOfATransactionThatFails(): void
    {
        // Else the failure stays with the connection, for the tests that come after.
        db_connect()->transStrict(false);
        db_connect()->transStart();
        $this->products->update(1, ['price' => 11]);
        // The key is taken: the framework rolls back.
        $this->products->update(2, ['sku' => 'A', 'price' => 21]);
        db_connect()->transComplete();
        db_connect()->transStrict();
        Services::websocket()->publishCommitted();

        $this->assertSame([], $this->published());
    }

    public function testPublishesInOneRequestAtTheEndOfThePage(): void
    {
        $driver = new CountingDriver();
        Services::injectMock('websocket', new WebSocket(new Publisher($driver)));
        Services::injectMock('websocketaftercommit', new AfterCommit(FrameworkServices::logger(), isAtOnce: false));

        $this->withRoutes([['POST', 'products', function () use ($driver): string {
            db_connect()->transStart();
            $this->products->update(1, ['price' => 11]);
            db_connect()->transComplete();
            $this->products->update(2, ['price' => 21]);
            // What pages ask next.
            $rows = db_connect()->affectedRows();
            $this->products->insert(['name' => 'Sofa']);
            $id = db_connect()->insertID();
            $this->assertSame([], $driver->publishes);

            return "{$rows} changed, {$id} is new";
        }]])->post('products')->assertSee('1 changed, 4 is new');

        $this->assertSame([3], $driver->publishes);
    }

    public function testPublishesWhatATransactionOfACommandLeftAtItsEnd(): void
    {
        db_connect()->transStart();
        $this->products->update(1, ['price' => 11]);
        db_connect()->transComplete();
        $this->assertSame([], $this->published());

        Events::trigger('post_command');

        $this->assertCount(1, $this->published());
    }

    public function testLeavesNothingToTheNextRequestOfAWorker(): void
    {
        $this->needWorkerMode();
        db_connect()->transBegin();
        $this->products->update(1, ['price' => 11]);

        $this->nextRequest();
        db_connect()->transRollback();
        Services::websocket()->publishCommitted();

        $this->assertSame([], $this->published());
    }

    public function testLeavesWhatTheApplicationReadsNextAsItWas(): void
    {
        $this->products->where('price >', 15)->set(['price' => 5])->update();
        $this->assertSame(3, $this->products->countAllResults());

        $id = $this->products->insert(['name' => 'Sofa']);
        $this->assertSame(4, $id);
        $this->assertSame(4, $this->products->getInsertID());
    }

    public function testRefusesToWriteToAllRowsAsTheFrameworkDoes(): void
    {
        $this->expectException(DatabaseException::class);

        $this->products->set(['price' => 1])->update();
    }

    public function testPublishesByAnExpressionForTheKey(): void
    {
        $this->products->whereIn('id', [new RawSql('1 + 1')])->set(['price' => 5])->update();

        $this->assertSame(['channel products: update products {"id":2,"name":"Table","price":5}'], $this->published());
    }

    public function testPublishesWhereARowSays(): void
    {
        $model = new ShopProductModel();
        $id    = (int) $model->insert(['name' => 'Lamp', 'price' => true, 'shop' => 'graz']);

        $this->assertSame([
            'channel shop-graz: create stock {"id":' . $id . ',"name":"Lamp","price":true}',
            'user graz: create stock {"id":' . $id . ',"name":"Lamp","price":true}',
            'broadcast: create stock {"id":' . $id . ',"name":"Lamp","price":true}',
        ], $this->published());
        $this->server->reset();

        // To where it goes it is new, from where it comes it is gone.
        $model->update($id, ['shop' => 'linz']);

        $this->assertSame([
            'channel shop-graz: delete stock {"id":' . $id . '}',
            'user graz: delete stock {"id":' . $id . '}',
            'channel shop-linz: create stock {"id":' . $id . ',"name":"Lamp","price":true}',
            'user linz: create stock {"id":' . $id . ',"name":"Lamp","price":true}',
        ], $this->published());
        $this->server->reset();

        $model->update($id, ['shop' => null]);
        $this->assertSame(['channel shop-linz: delete stock {"id":' . $id . '}', 'user linz: delete stock {"id":' . $id . '}', 'broadcast: delete stock {"id":' . $id . '}'], $this->published());
        $this->server->reset();

        $model->update($id, ['price' => false]);
        $this->assertSame([], $this->published());
    }

    public function testPublishesWhatThePageTakesForWhatItIs(): void
    {
        $forge = Database::forge();
        $forge->addField([
            'id'     => ['type' => 'BIGINT'],
            'whole'  => ['type' => 'BIGINT'],
            'share'  => ['type' => 'DOUBLE PRECISION'],
            'is_on'  => ['type' => 'BOOLEAN'],
            'is_off' => ['type' => 'BOOLEAN'],
            'digits' => ['type' => 'VARCHAR', 'constraint' => 9],
            'price'  => ['type' => 'DECIMAL', 'constraint' => '30,20', 'null' => true],
            'none'   => ['type' => 'INTEGER', 'null' => true],
        ]);
        $forge->addPrimaryKey('id');
        $forge->createTable('measurements', true);

        try {
            // The key is one of those that a browser would round.
            (new MeasurementModel())->insert(['id' => 9_007_199_254_740_993, 'whole' => 9_007_199_254_740_991, 'share' => 0.25, 'is_on' => true, 'is_off' => false, 'digits' => '007', 'price' => '1.10', 'none' => null]);
        } finally {
            $forge->dropTable('measurements');
        }

        $row = (array) $this->server->published('data_update')[0]->data['data'];
        // MySQL's and SQLite's are 1 and 0.
        $this->assertSame([true, false], [(bool) $row['is_on'], (bool) $row['is_off']]);
        $this->assertEqualsWithDelta(1.1, $row['price'], 1e-9);
        $this->assertSame(
            ['id' => '9007199254740993', 'whole' => 9_007_199_254_740_991, 'share' => 0.25, 'digits' => '007', 'none' => null],
            array_diff_key($row, ['is_on' => 0, 'is_off' => 0, 'price' => 0]),
        );
    }

    public function testTellsOfRowsThatAreDeletedSoftlyAndComeBack(): void
    {
        $model = new ShopProductModel();
        $id    = (int) $model->insert(['name' => 'Lamp', 'price' => true, 'shop' => 'graz']);
        $this->server->reset();

        $model->delete($id);
        $this->assertSame(['channel shop-graz: delete stock {"id":' . $id . '}', 'user graz: delete stock {"id":' . $id . '}', 'broadcast: delete stock {"id":' . $id . '}'], $this->published());
        $this->server->reset();

        $model->update($id, ['deleted_at' => null]);
        $this->assertStringContainsString('create stock', $this->published()[0]);
        $this->server->reset();

        $model->delete($id, true);
        $this->assertCount(3, $this->published());
    }

    public function testStoresWhereNoServerIs(): void
    {
        $this->server->fail();

        $this->assertTrue($this->products->update(1, ['price' => 11]));
        $this->assertLogContains('error', 'not published (unreachable)');
    }

    public function testPublishesAThousandRowsInOneRequest(): void
    {
        $driver = new CountingDriver();
        Services::injectMock('websocket', new WebSocket(new Publisher($driver)));

        $this->products->insertBatch(array_map(static fn (int $n): array => ['name' => "number {$n}", 'price' => $n], range(1, 1000)));
        $this->products->where('price >', 0)->set(['price' => 0])->update();

        // With the three that were there.
        $this->assertSame([1000, 1003], $driver->publishes);
    }

    /**
     * @return list<string>
     */
    private function published(): array
    {
        return array_map(
            static fn (Publication $each): string => sprintf('%s: %s %s %s', $each->recipient, is_string($each->data['action']) ? $each->data['action'] : '', is_string($each->data['entity']) ? $each->data['entity'] : '', json_encode($each->data['data'], JSON_THROW_ON_ERROR)),
            $this->server->published('data_update'),
        );
    }
}
