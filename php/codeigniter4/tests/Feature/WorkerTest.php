<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Feature;

use CodeIgniter\Config\Services as FrameworkServices;
use PHPUnit\Framework\Attributes\CoversNothing;
use ReflectionClass;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Tests\Support\LobbyAuthorizer;
use WsElements\CodeIgniter\Tests\Support\TestCase;

/**
 * One process that answers one request after the other, each somebody else's.
 *
 * @internal
 */
#[CoversNothing]
final class WorkerTest extends TestCase
{
    public function testRemembersNobody(): void
    {
        $this->needWorkerMode();
        $this->settings->authorizer = LobbyAuthorizer::class;
        $this->signIn('ana', 'Ana');
        $this->assertSame('ana', Services::websocketvisitor()->identity()?->id);
        $this->assertTrue(Services::websocketvisitor()->mayRead('lobby'));

        $this->nextRequest();
        unset($_SESSION);

        $this->assertNull(Services::websocketvisitor()->identity());
        $this->assertFalse(Services::websocketvisitor()->mayRead('lobby'));
    }

    public function testAsksAnewWhereChannelsStand(): void
    {
        $this->needWorkerMode();
        Services::websocket()->channel('lobby')->message('one');
        $this->assertSame('fake:1', ws_position('lobby'));
        Services::websocket()->channel('lobby')->message('two');
        $this->assertSame('fake:1', ws_position('lobby'));

        $this->nextRequest();

        $this->assertSame('fake:2', ws_position('lobby'));
    }

    public function testLeavesThePolicyOfTheNextPageAsItIs(): void
    {
        $this->needWorkerMode();
        FrameworkServices::csp();
        $first = Services::websocketscript();
        $first->render();

        $this->nextRequest();

        $this->assertNotSame($first, Services::websocketscript());
    }

    public function testKeepsNothingInClasses(): void
    {
        $source = dirname((string) (new ReflectionClass(Services::class))->getFileName(), 2);
        $found  = [];

        foreach (glob("{$source}/{,*/}*.php", GLOB_BRACE) ?: [] as $file) {
            if (preg_match('/^\s*(?:private|protected|public)?\s*static\s+(?:\??[\w\\\\|]+\s+)?\$\w+/m', (string) file_get_contents($file), $line) === 1) {
                $found[basename($file)] = trim($line[0]);
            }
        }

        // Of a file's content, whoever asks.
        $this->assertSame(['PublishedScript.php' => 'static $known'], $found);
    }
}
