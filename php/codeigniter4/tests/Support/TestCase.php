<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support;

use CodeIgniter\Config\Factories;
use CodeIgniter\Test\CIUnitTestCase;
use CodeIgniter\Test\FeatureTestTrait;
use WsElements\CodeIgniter\Config\WebSocket as WebSocketConfig;
use WsElements\CodeIgniter\Identity\SessionIdentityProvider;

/**
 * A test inside the application.
 *
 * @internal
 */
abstract class TestCase extends CIUnitTestCase
{
    use FeatureTestTrait;

    /**
     * The settings of this test; what follows sees what it changes.
     */
    protected WebSocketConfig $settings;

    protected function setUp(): void
    {
        parent::setUp();

        $this->settings           = new WebSocketConfig();
        $this->settings->identity = SessionIdentityProvider::class;
        Factories::injectMock('config', 'WebSocket', $this->settings);
    }
}
