<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Feature;

use App\Controllers\WebSocket;
use App\Models\NotificationModel;
use CodeIgniter\Config\Services as FrameworkServices;
use PHPUnit\Framework\Attributes\CoversNothing;
use WsElements\CodeIgniter\Tests\Support\NotificationsTestCase;

/**
 * The documentation's controller, word for word, with the model that the installation writes.
 *
 * @internal
 */
#[CoversNothing]
final class DocumentationTest extends NotificationsTestCase
{
    protected function setUp(): void
    {
        parent::setUp();

        require_once __DIR__ . '/../Support/Documentation/NotificationModel.php';

        require_once __DIR__ . '/../Support/Documentation/WebSocket.php';
    }

    protected function tearDown(): void
    {
        FrameworkServices::resetSingle('routes');

        parent::tearDown();
    }

    public function testStoresAndPushesWhatItsControllerInserts(): void
    {
        $response = $this->withRoutes([['POST', 'notify', '\\' . WebSocket::class . '::sendNotification']])
            ->post('notify', ['user_id' => '42', 'title' => 'New order', 'message' => 'Order #12345']);

        $this->assertJsonStringEqualsJsonString('{"status": "success"}', (string) $response->getJSON());
        $this->seeInDatabase('notifications', ['user_id' => '42', 'title' => 'New order', 'message' => 'Order #12345']);
        $this->assertSame(['user 42: notification {"title":"New order","message":"Order #12345","id":"1","priority":"normal"}'], $this->pushed());
        // The application's own.
        $this->assertInstanceOf(NotificationModel::class, $this->notifications());
    }
}
