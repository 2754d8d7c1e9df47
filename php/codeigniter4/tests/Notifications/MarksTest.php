<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Notifications;

use PHPUnit\Framework\Attributes\CoversClass;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use WsElements\CodeIgniter\Notifications\Marks;

/**
 * @internal
 */
#[CoversClass(Marks::class)]
final class MarksTest extends TestCase
{
    /**
     * @param list<array<array-key, mixed>> $publications
     * @param list<int>                     $read
     * @param list<int>                     $unread
     */
    #[DataProvider('provideSaysHowItStandsAfterAllOfThem')]
    public function testSaysHowItStandsAfterAllOfThem(array $publications, array $read, array $unread): void
    {
        $marks = Marks::read($publications, '42');

        $this->assertSame([$read, $unread], [$marks->read, $marks->unread]);
    }

    /**
     * @return iterable<string, array{list<array<array-key, mixed>>, list<int>, list<int>}>
     */
    public static function provideSaysHowItStandsAfterAllOfThem(): iterable
    {
        $mark = static fn (array $ids, array $more, string $by = '42'): array => ['type' => 'notification_mark', 'userId' => $by, 'clientId' => 'c_1', 'ids' => $ids, ...$more];

        yield 'none' => [[], [], []];

        yield 'read' => [[$mark(['1', '2'], ['read' => true])], [1, 2], []];

        yield 'the last one counts' => [[$mark(['1', '2'], ['read' => true]), $mark(['2'], ['read' => false])], [1], [2]];

        yield 'dismissed is seen' => [[$mark(['1'], ['dismissed' => true])], [1], []];

        yield 'by a back end' => [[['type' => 'notification_mark', 'clientId' => 'server', 'ids' => ['1'], 'read' => true]], [1], []];

        yield 'by somebody else' => [[$mark(['1'], ['read' => true], '43')], [], []];

        yield 'by a guest' => [[['type' => 'notification_mark', 'clientId' => 'c_1', 'ids' => ['1'], 'read' => true]], [], []];

        yield 'of what has no row' => [[$mark(['order-1', 'user:42 e:1', '0', '01', '1 OR 1=1', 7, null, ['1'], '9999999999999999999'], ['read' => true])], [], []];

        yield 'other types' => [[['type' => 'notification', 'clientId' => 'server', 'ids' => ['1'], 'read' => true]], [], []];

        yield 'no ids' => [[['type' => 'notification_mark', 'clientId' => 'server', 'ids' => '1', 'read' => true]], [], []];
    }
}
