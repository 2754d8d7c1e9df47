<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests;

use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use WsElements\Publisher\Exceptions\InvalidMessage;
use WsElements\Publisher\Message;
use WsElements\Publisher\Names;

/**
 * @internal
 */
final class MessageTest extends TestCase
{
    public function testIsOfAnyTypeWithAnyFields(): void
    {
        $this->assertSame(
            ['type' => 'order:shipped', 'order' => 12345, 'carrier' => null],
            Message::of('order:shipped', ['order' => 12345, 'carrier' => null]),
        );
    }

    public function testKeepsFieldsThatHaveNumbersAsNames(): void
    {
        $this->assertSame(['type' => 'row', 5 => 'five'], Message::of('row', [5 => 'five']));
    }

    public function testRefusesTypesOfTheProtocol(): void
    {
        foreach (Names::PROTOCOL_TYPES as $type) {
            try {
                Message::of($type);
                $this->fail("{$type} was taken");
            } catch (InvalidMessage $error) {
                $this->assertSame('type', $error->field);
            }
        }
    }

    public function testNamesTheTypesThatTheProtocolNames(): void
    {
        $source = (string) file_get_contents(dirname(__DIR__, 3) . '/protocol/src/names.ts');

        $this->assertSame(1, preg_match('/PROTOCOL_TYPES = \[([^\]]+)\]/', $source, $list));
        preg_match_all("/'(\\w+)'/", $list[1], $names);
        $this->assertSame($names[1], Names::PROTOCOL_TYPES);
    }

    /**
     * @param array<array-key, mixed> $data
     */
    #[DataProvider('provideRefusesWhatCanBeNoMessage')]
    public function testRefusesWhatCanBeNoMessage(string $type, array $data, string $field): void
    {
        try {
            Message::of($type, $data);
        } catch (InvalidMessage $error) {
            $this->assertSame($field, $error->field);

            return;
        }
        $this->fail('it was taken');
    }

    /**
     * @return iterable<string, array{string, array<array-key, mixed>, string}>
     */
    public static function provideRefusesWhatCanBeNoMessage(): iterable
    {
        yield 'no type' => ['', [], 'type'];

        yield 'a type with a space' => ['my type', [], 'type'];

        yield 'a type with a line feed' => ["type\n", [], 'type'];

        yield 'another type among the fields' => ['mine', ['type' => 'notification'], 'type'];

        yield 'the channel' => ['mine', ['channel' => 'lobby'], 'channel'];

        yield 'an offset' => ['mine', ['offset' => 1], 'offset'];
    }

    public function testNotificationHasWhatTheDocumentationSays(): void
    {
        $this->assertSame(
            ['type' => 'notification', 'title' => 'New order', 'message' => '#12345', 'priority' => 'high', 'link' => '/orders/12345'],
            Message::notification('New order', '#12345', ['priority' => 'high', 'link' => '/orders/12345', 'id' => null]),
        );
        $this->assertSame(['type' => 'notification', 'title' => 'Ready'], Message::notification('Ready'));
    }

    public function testNotificationTakesActions(): void
    {
        $actions = [['name' => 'approve', 'label' => 'Approve'], ['label' => 'Print', 'link' => '/print']];

        $this->assertSame($actions, Message::notification('Order', '', ['actions' => $actions])['actions']);
        $this->assertSame('7', Message::notification('Order', '', ['id' => 7])['id']);
    }

    /**
     * @param array<string, mixed> $options
     */
    #[DataProvider('provideNotificationRefuses')]
    public function testNotificationRefuses(array $options, string $field, string $title = 'Title'): void
    {
        try {
            Message::notification($title, '', $options);
        } catch (InvalidMessage $error) {
            $this->assertSame($field, $error->field);

            return;
        }
        $this->fail('it was taken');
    }

    /**
     * @return iterable<string, array{0: array<string, mixed>, 1: string, 2?: string}>
     */
    public static function provideNotificationRefuses(): iterable
    {
        yield 'no title' => [[], 'title', ''];

        yield 'a priority that there is not' => [['priority' => 'urgent'], 'priority'];

        yield 'its title among the options' => [['title' => 'another'], 'title'];

        yield 'a script as link' => [['link' => 'javascript:alert(1)'], 'link'];

        yield 'a script as link, hidden' => [['link' => " java\tscript\n:alert(1)"], 'link'];

        yield 'a control character and a script as link' => [['link' => "\x01javascript:alert(1)"], 'link'];

        yield 'data as link' => [['link' => 'DATA:text/html,<script>'], 'link'];

        yield 'actions that are none' => [['actions' => 'approve'], 'actions'];

        yield 'four actions' => [['actions' => array_fill(0, 4, ['name' => 'a', 'label' => 'b'])], 'actions'];

        yield 'an action without a label' => [['actions' => [['name' => 'a']]], 'actions.0.label'];

        yield 'an action that does nothing' => [['actions' => [['label' => 'a']]], 'actions.0.name'];

        yield 'a script as action' => [['actions' => [['label' => 'a', 'link' => 'vbscript:x']]], 'actions.0.link'];
    }

    #[DataProvider('provideNotificationTakesLinks')]
    public function testNotificationTakesLinks(string $link): void
    {
        $this->assertSame($link, Message::notification('Title', '', ['link' => $link])['link']);
    }

    /**
     * @return iterable<array{string}>
     */
    public static function provideNotificationTakesLinks(): iterable
    {
        yield ['/orders/1'];

        yield ['orders?time=12:30'];

        yield ['#a:b'];

        yield ['https://shop.example/a:b'];

        yield ['HTTP://shop.example'];

        yield ['//shop.example/'];
    }

    public function testDataUpdateHasWhatTheDocumentationSays(): void
    {
        $update = Message::dataUpdate('products', 'update', ['id' => 123, 'price' => 99.99]);

        $this->assertSame(
            '{"type":"data_update","entity":"products","action":"update","data":{"id":123,"price":99.99}}',
            json_encode($update),
        );
    }

    public function testDataUpdateOfAnEmptyRowIsAnObject(): void
    {
        $this->assertStringContainsString('"data":{}', (string) json_encode(Message::dataUpdate('products', 'update', [])));
    }

    public function testStatusUpdateHasWhatTheDocumentationSays(): void
    {
        $this->assertSame(
            ['type' => 'status_update', 'system' => 'payment_gateway', 'status' => 'online', 'message' => 'Operational', 'since' => '2024'],
            Message::statusUpdate('payment_gateway', 'online', 'Operational', ['since' => '2024']),
        );
    }

    public function testUserActivityHasWhatTheDocumentationSays(): void
    {
        $this->assertSame(
            ['type' => 'user_activity', 'userId' => 42, 'activity' => 'is editing', 'page' => 7],
            Message::userActivity(42, 'is editing', ['page' => 7]),
        );
    }
}
