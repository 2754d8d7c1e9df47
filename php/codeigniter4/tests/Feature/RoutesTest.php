<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Feature;

use CodeIgniter\Config\Services as FrameworkServices;
use PHPUnit\Framework\Attributes\CoversNothing;
use WsElements\CodeIgniter\Controllers\ClientController;
use WsElements\CodeIgniter\Tests\Support\TestCase;

/**
 * @internal
 */
#[CoversNothing]
final class RoutesTest extends TestCase
{
    protected function tearDown(): void
    {
        FrameworkServices::resetSingle('routes');

        parent::tearDown();
    }

    public function testAreThereByComposerAlone(): void
    {
        $routes = $this->routesOf('');

        $this->assertSame('\\' . ClientController::class . '::index', $routes['websocket'] ?? null);
        $this->assertSame('\\' . ClientController::class . '::index', $routes['websocket/client'] ?? null);
        $this->assertArrayHasKey('websocket/token', $routes);
    }

    public function testGiveWayToTheApplicationsOwn(): void
    {
        // As the documentation writes them.
        $routes = $this->routesOf(<<<'PHP'
            $routes->get('/websocket', 'WebSocket::client');
            $routes->get('/websocket/client', 'WebSocket::client');
            PHP);

        $this->assertSame('\App\Controllers\WebSocket::client', $routes['websocket'] ?? null);
        $this->assertSame('\App\Controllers\WebSocket::client', $routes['websocket/client'] ?? null);
        $this->assertArrayHasKey('websocket/token', $routes);
    }

    public function testAreNotThereWhereTheSettingsSay(): void
    {
        $this->settings->routes = false;

        $this->assertArrayNotHasKey('websocket', $this->routesOf(''));
    }

    /**
     * @return array<array-key, mixed>
     */
    private function routesOf(string $ownRoutes): array
    {
        $file = WRITEPATH . 'routes-of-a-test.php';
        file_put_contents($file, "<?php\n{$ownRoutes}\n");

        try {
            FrameworkServices::resetSingle('routes');
            $routes = FrameworkServices::routes();
            $routes->loadRoutes($file);

            return $routes->getRoutes('GET');
        } finally {
            unlink($file);
        }
    }
}
