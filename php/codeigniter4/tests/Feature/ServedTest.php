<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Feature;

use PHPUnit\Framework\Attributes\CoversNothing;
use PHPUnit\Framework\TestCase;
use WsElements\CodeIgniter\Identity\SessionIdentityProvider;
use WsElements\CodeIgniter\Tests\Support\Html;
use WsElements\CodeIgniter\Tests\Support\ServedApplication;
use WsElements\CodeIgniter\Tests\Support\TestDatabase;

/**
 * What shows only between requests: sessions in files, and pages that are kept.
 *
 * @internal
 */
#[CoversNothing]
final class ServedTest extends TestCase
{
    private const SESSION = 'ci_session';

    private ServedApplication $application;
    private ?string $file = null;

    protected function setUp(): void
    {
        $database          = TestDatabase::fromEnvironment();
        $this->application = new ServedApplication([
            'websocket.identity' => SessionIdentityProvider::class,
            'websocket.secret'   => 'a secret of the tests, long enough to sign',
            'app.CSPEnabled'     => 'true',
            ...($database->isSqlite() ? [
                // In a file that ends with the test.
                'database.default.DBDriver' => 'SQLite3',
                'database.default.database' => $this->file = WRITEPATH . 'served-' . bin2hex(random_bytes(4)) . '.db',
            ] : [...$database->settings('default'), 'database.default.DBPrefix' => TestDatabase::PREFIX . 'served_']),
        ]);
        array_map(unlink(...), array_filter(glob(WRITEPATH . 'cache/*') ?: [], is_file(...)));
    }

    protected function tearDown(): void
    {
        $this->application->stop();
        TestDatabase::fromEnvironment()->clear('served_');

        if ($this->file !== null) {
            @unlink($this->file);
        }
    }

    public function testBeginsNoSessionForAGuest(): void
    {
        $page  = $this->application->get('test/page');
        $token = $this->application->get('websocket/token');
        $this->application->get('websocket');

        $this->assertSame(200, $page['status']);
        $this->assertStringContainsString('<ws-chat channel="lobby">', $page['body']);
        $this->assertSame(401, $token['status']);
        $this->assertNull($this->application->cookie(self::SESSION));
        $this->assertArrayNotHasKey('set-cookie', $page['headers'] + $token['headers']);
    }

    public function testKeepsTheSessionAsItIs(): void
    {
        $this->application->get('test/sign-in/42');
        $before = $this->application->cookie(self::SESSION);

        $answer = $this->application->get('websocket/token');

        $this->assertSame(200, $answer['status'], $answer['body']);
        $this->assertStringStartsWith('no-store', $answer['headers']['cache-control'][0] ?? '');
        $this->assertSame($before, $this->application->cookie(self::SESSION));
        // A page gives the session another id, as the application is configured: the token left that to it.
        $this->application->get('test/saved');
        $this->assertNotSame($before, $this->application->cookie(self::SESSION));
        $this->assertSame(200, $this->application->get('websocket/token')['status']);
    }

    public function testLeavesFlashDataToThePageThatItIsFor(): void
    {
        $this->application->get('test/sign-in/42');
        $this->application->get('test/save');

        // A tab beside fetches a token before the browser has followed the redirect.
        $this->application->get('websocket/token');
        $this->application->get('websocket/token');

        $this->assertSame('message: Saved', $this->application->get('test/saved')['body']);
        $this->assertSame('message: none', $this->application->get('test/saved')['body']);
    }

    public function testLeavesFlashDataAlsoWhereAFilterHasBegunTheSession(): void
    {
        $this->application->get('test/sign-in/42');
        $this->application->get('test/note');

        $this->assertSame('looked', $this->application->get('test/look')['body']);
        $this->assertSame('looked', $this->application->get('test/look')['body']);

        $this->assertSame('message: Noted', $this->application->get('test/saved')['body']);
    }

    public function testKeepsNothingOfAUserInAPageThatIsKept(): void
    {
        $this->application->get('test/sign-in/42');
        $this->assertSame(['Only for 42'], Html::texts($this->application->get('test/page')['body'], 'b'));
        $first = $this->application->get('test/kept');
        $this->application->forgetCookies();

        $second = $this->application->get('test/kept');

        $this->assertSame(preg_replace('~ nonce="[^"]*"~', '', $first['body']), preg_replace('~ nonce="[^"]*"~', '', $second['body']));
        $this->assertArrayNotHasKey('set-cookie', $second['headers']);

        foreach (['42', 'eyJ', 'since', '<li'] as $trace) {
            $this->assertStringNotContainsString($trace, (string) preg_replace('~127\.0\.0\.1:\d+| nonce="[^"]*"~', '', $second['body']));
        }
        $this->assertMatchesRegularExpression('~ data-token-url="/(index\.php/)?websocket/token"~', $second['body']);
    }

    public function testSendsTheNonceThatThePolicyNames(): void
    {
        $page = $this->application->get('test/page');

        preg_match('~<script[^>]* nonce="([^"]+)"~', $page['body'], $nonce);
        $policy = $page['headers']['content-security-policy'][0] ?? '';
        $this->assertStringContainsString("'nonce-" . ($nonce[1] ?? 'none') . "'", $policy);
        $this->assertStringContainsString("connect-src 'self' ws://127.0.0.1:8081", $policy);
    }

    public function testSendsAKeptPageWithAPolicyThatLetsItConnect(): void
    {
        $nonces = [];

        // Rendered, and kept twice.
        foreach ([1, 2, 3] as $time) {
            $page   = $this->application->get('test/kept');
            $policy = $page['headers']['content-security-policy'][0] ?? '';

            preg_match('~<script[^>]* nonce="([^"]+)"~', $page['body'], $nonce);
            $nonces[] = $nonce[1] ?? "none the {$time}. time";
            $this->assertStringContainsString("'nonce-" . ($nonce[1] ?? 'none') . "'", $policy);
            $this->assertStringContainsString("connect-src 'self' ws://127.0.0.1:8081", $policy);
        }
        $this->assertCount(3, array_unique($nonces));
    }

    public function testShowsTheClientOfTheDocumentation(): void
    {
        foreach (['websocket', 'websocket/client'] as $path) {
            $page = $this->application->get($path);

            $this->assertSame(200, $page['status']);
            $this->assertStringContainsString('Sign in to join', $page['body']);
        }
        $this->application->get('test/sign-in/42');

        $page = $this->application->get('websocket');

        $this->assertStringContainsString('You are User 42', $page['body']);
        $this->assertMatchesRegularExpression('~<ws-status-indicator controls>.*<ws-notifications>.*<ws-chat channel="lobby">~s', $page['body']);
        // Before CodeIgniter 4.6 it stands beside what PHP sends with a session.
        $this->assertContains('private, no-cache', $page['headers']['cache-control'] ?? []);
    }
}
