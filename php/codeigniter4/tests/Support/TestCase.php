<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support;

use CodeIgniter\CodeIgniter;
use CodeIgniter\Config\Factories;
use CodeIgniter\Config\Services as FrameworkServices;
use CodeIgniter\Test\CIUnitTestCase;
use CodeIgniter\Test\FeatureTestTrait;
use CodeIgniter\Test\TestLogger;
use Config\Logger as LoggerConfig;
use Config\WorkerMode;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Config\WebSocket as WebSocketConfig;
use WsElements\CodeIgniter\Identity\SessionIdentityProvider;
use WsElements\CodeIgniter\WebSocket;
use WsElements\Publisher\FakeDriver;
use WsElements\Publisher\Publisher;

/**
 * A test inside the application, with a server that is not there.
 *
 * @internal
 */
abstract class TestCase extends CIUnitTestCase
{
    use FeatureTestTrait;

    /**
     * What somebody who means harm writes into every field.
     */
    protected const PAYLOADS = [
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='alert(1)",
        '</p></li></ul></ws-chat><svg/onload=alert(1)>',
        '`onload=alert(1)`',
        '{csp-script-nonce}',
        '{csp-style-nonce}',
        '<?= 1 ?>',
        '&lt;b&gt;',
        "\u{202E}gpj.exe\0",
        "\xC3\x28<b>",
    ];

    /**
     * The settings of this test; what follows sees what it changes.
     */
    protected WebSocketConfig $settings;

    /**
     * Stands for the server.
     */
    protected FakeDriver $server;

    protected function setUp(): void
    {
        // Nothing that another test made.
        $this->resetServices();
        parent::setUp();

        $this->setPrivateProperty(TestLogger::class, 'op_logs', []);
        $this->settings           = new WebSocketConfig();
        $this->settings->identity = SessionIdentityProvider::class;
        $this->server             = new FakeDriver();
        $this->arrange();

        // The framework's tests begin with a session; a guest has none.
        unset($_SESSION);
    }

    protected function tearDown(): void
    {
        unset($_SESSION);
        $_COOKIE = [];

        parent::tearDown();
    }

    protected function setCookie(string $name, string $value): void
    {
        $_COOKIE[$name] = $value;
        FrameworkServices::resetSingle('superglobals');
    }

    /**
     * What the framework does between two requests: in worker mode, where it has one; else each has a process of its own.
     */
    protected function nextRequest(): void
    {
        unset($_SESSION);
        $this->session = [];

        if (self::hasWorkerMode()) {
            $this->app->resetForWorkerMode();
            Factories::reset();
            FrameworkServices::resetForWorkerMode(new WorkerMode());
        } else {
            Factories::reset();
            $this->resetServices();
            $this->app = $this->createApplication();
        }
        $this->mockSession();
        $this->arrange();
    }

    /**
     * For what only a process can get wrong that answers several requests.
     */
    protected function needWorkerMode(): void
    {
        if (! self::hasWorkerMode()) {
            $this->markTestSkipped('CodeIgniter ' . CodeIgniter::CI_VERSION . ' has no worker mode, which is of 4.7');
        }
    }

    protected function signIn(int|string $id, string $name = ''): void
    {
        $_SESSION = ['user_id' => $id, 'user_name' => $name];
        $this->withSession();
    }

    private static function hasWorkerMode(): bool
    {
        return class_exists(WorkerMode::class);
    }

    /**
     * Puts the test's own into the place of what a request would make.
     */
    private function arrange(): void
    {
        $logger = new TestLogger(config(LoggerConfig::class));
        Services::injectMock('logger', $logger);
        Services::injectMock('websocket', new WebSocket(new Publisher($this->server, $logger)));
        Factories::injectMock('config', 'WebSocket', $this->settings);
    }
}
