<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Notifications;

use CodeIgniter\Test\TestLogger;
use Config\Database;
use PHPUnit\Framework\Attributes\CoversClass;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Notifications\Inbox;
use WsElements\CodeIgniter\Notifications\Owner;
use WsElements\CodeIgniter\Notifications\StoredNotification;
use WsElements\CodeIgniter\Tests\Support\Html;
use WsElements\CodeIgniter\Tests\Support\NotificationsTestCase;

/**
 * Where databases would take one user for another.
 *
 * @internal
 */
#[CoversClass(Owner::class)]
#[CoversClass(Inbox::class)]
final class OwnerTest extends NotificationsTestCase
{
    protected function tearDown(): void
    {
        parent::tearDown();

        // One that the migration did not make, which leaves it.
        Database::forge()->dropTable('notifications', true);
    }

    public function testTellsUsersApartWhoseIdsDifferInCaseOnly(): void
    {
        $hers = $this->notifications()->send('ana', 'Hers');
        $his  = $this->notifications()->send('ANA', 'His');

        $this->assertSame(['Hers'], $this->titles('ana'));
        $this->assertSame(1, $this->notifications()->inbox()->countUnread('ANA'));
        $this->signIn('ANA');
        $this->assertSame(['His'], Html::texts(view_cell('NotificationsCell'), 'b'));

        $this->assertSame(1, $this->notifications()->markRead('ana'));
        $this->assertSame([true, false], [$this->isRead($hers), $this->isRead($his)]);
    }

    public function testLetsNobodyMarkWhatBelongsToAnIdInAnotherCase(): void
    {
        $his = $this->notifications()->send('ANA', 'His');
        Services::websocket()->user('ana')->send('notification_mark', ['ids' => ["{$his}"], 'read' => true]);

        $this->notifications()->inbox()->takeOverMarks('ana');

        $this->assertFalse($this->isRead($his));
    }

    #[DataProvider('provideHasNothingForWhoIsNoNumberInATableOfNumbers')]
    public function testHasNothingForWhoIsNoNumberInATableOfNumbers(string $userId): void
    {
        $this->makeTableOfNumbers();
        // Some applications write 0 for nobody.
        $everyones = $this->notifications()->send(0, 'Nobody\'s');
        $hers      = $this->notifications()->send(42, 'Hers');
        $this->assertSame(['Hers'], $this->titles('42'));

        $this->assertSame([], $this->titles($userId));
        $this->assertSame(0, $this->notifications()->inbox()->countUnread($userId));
        $this->assertSame(0, $this->notifications()->markRead($userId));
        Services::websocket()->user($userId)->send('notification_mark', ['ids' => ["{$everyones}", "{$hers}"], 'read' => true]);
        $this->notifications()->inbox()->takeOverMarks($userId);

        $this->assertSame([false, false], [$this->isRead($everyones), $this->isRead($hers)]);
        $this->assertFalse(TestLogger::didLog('error', 'could not be taken over', false));
    }

    /**
     * @return iterable<array{string}>
     */
    public static function provideHasNothingForWhoIsNoNumberInATableOfNumbers(): iterable
    {
        foreach (['guest:7', '42nd', '42.0', '042', '4.2e1', '9999999999999999999999'] as $userId) {
            yield $userId => [$userId];
        }
    }

    private function makeTableOfNumbers(): void
    {
        $forge = Database::forge();
        $forge->dropTable('notifications');
        $forge->addField([
            'id'         => ['type' => 'INTEGER', 'auto_increment' => true],
            'user_id'    => ['type' => 'INTEGER'],
            'title'      => ['type' => 'VARCHAR', 'constraint' => 255],
            'message'    => ['type' => 'TEXT', 'null' => true],
            'created_at' => ['type' => 'DATETIME', 'null' => true],
            'priority'   => ['type' => 'VARCHAR', 'constraint' => 16, 'default' => 'normal'],
            'link'       => ['type' => 'TEXT', 'null' => true],
            'read_at'    => ['type' => 'DATETIME', 'null' => true],
        ]);
        $forge->addPrimaryKey('id');
        $forge->createTable('notifications');
    }

    /**
     * @return list<string>
     */
    private function titles(string $userId): array
    {
        return array_map(static fn (StoredNotification $each): string => $each->title, $this->notifications()->inbox()->page($userId, 10)[0]);
    }
}
