<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Feature;

use CodeIgniter\Config\Services as FrameworkServices;
use CodeIgniter\Cookie\Cookie;
use CodeIgniter\Events\Events;
use CodeIgniter\HTTP\Response;
use CodeIgniter\Test\TestResponse;
use Firebase\JWT\JWT;
use Firebase\JWT\Key;
use PHPUnit\Framework\Attributes\CoversClass;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Authorizers\DefaultChannel;
use WsElements\CodeIgniter\Controllers\TokenController;
use WsElements\CodeIgniter\Identity\Guest;
use WsElements\CodeIgniter\Tests\Support\LobbyAuthorizer;
use WsElements\CodeIgniter\Tests\Support\TestCase;
use WsElements\CodeIgniter\View\PageCache;

/**
 * @internal
 */
#[CoversClass(TokenController::class)]
final class TokenTest extends TestCase
{
    public function testGivesNoneToWhoIsNotSignedIn(): void
    {
        $answer = $this->get('websocket/token');

        $answer->assertStatus(401);
        $answer->assertHeader('Cache-Control', 'no-store');
        $this->assertArrayNotHasKey('token', $this->json($answer));
    }

    public function testSaysWhoTheUserIs(): void
    {
        $this->signIn(42, 'Ana');

        $answer = $this->get('websocket/token');

        $answer->assertOK();
        $answer->assertHeader('Cache-Control', 'no-store');
        $claims = $this->claims($answer);
        $this->assertSame(['42', 'Ana'], [$claims['sub'], $claims['name']]);
        $this->assertSame(600, $claims['exp'] - $claims['iat']);
    }

    public function testGrantsNothingUnlessAnAuthorizerDoes(): void
    {
        $this->signIn(42);

        $this->assertSame(['sub', 'iat', 'exp'], array_keys($this->claims($this->get('websocket/token'))));
    }

    public function testGrantsWhatTheAuthorizerSays(): void
    {
        $this->settings->authorizer = LobbyAuthorizer::class;
        $this->signIn('ana');

        $claims = $this->claims($this->get('websocket/token'));

        $this->assertSame([['lobby', 'orders-*'], ['lobby']], [$claims['read'], $claims['write']]);
    }

    public function testRefusesWhomTheAuthorizerLetsNotConnect(): void
    {
        $this->settings->authorizer = LobbyAuthorizer::class;
        $this->signIn('banned');

        $this->get('websocket/token')->assertStatus(403);
    }

    public function testFindsTheUserWhereTheSettingsSay(): void
    {
        $this->settings->sessionUserId   = 'auth.id';
        $this->settings->sessionUserName = 'auth.name';
        $_SESSION                        = ['auth' => ['id' => '7', 'name' => 'Bob'], 'user_id' => 42];
        $this->withSession();

        $claims = $this->claims($this->get('websocket/token'));

        $this->assertSame(['7', 'Bob'], [$claims['sub'], $claims['name']]);
    }

    public function testLetsGuestsInWhereTheSettingsSay(): void
    {
        $this->settings->allowGuests = true;
        $this->settings->authorizer  = DefaultChannel::class;

        $first  = $this->get('websocket/token');
        $claims = $this->claims($first);

        $this->assertMatchesRegularExpression('/\Aguest:[0-9a-f]{24}\z/', $claims['sub']);
        $this->assertMatchesRegularExpression('/\AGuest [0-9a-f]{4}\z/', $claims['name']);
        $this->assertSame(['lobby'], $claims['read']);
        $cookie = $this->guestCookie($first);
        $this->assertTrue($cookie->isHTTPOnly());
        $this->assertStringNotContainsString(substr($claims['sub'], 6), $cookie->getValue());
    }

    public function testKnowsAGuestAgain(): void
    {
        $this->settings->allowGuests = true;
        $first                       = $this->get('websocket/token');
        $this->nextRequest();
        $this->setCookie(Guest::COOKIE, $this->guestCookie($first)->getValue());

        $second = $this->get('websocket/token');

        $this->assertSame($this->claims($first)['sub'], $this->claims($second)['sub']);
        $this->assertFalse($this->response($second)->hasCookie(Guest::COOKIE));
    }

    public function testTakesNoGuestCookieThatItDidNotMake(): void
    {
        $this->settings->allowGuests = true;
        $this->setCookie(Guest::COOKIE, '42"; Path=/');

        $this->assertMatchesRegularExpression('/\Aguest:[0-9a-f]{24}\z/', $this->claims($this->get('websocket/token'))['sub']);
    }

    public function testGoesByTheSessionBeforeTheGuest(): void
    {
        $this->settings->allowGuests = true;
        $this->signIn(42);

        $answer = $this->get('websocket/token');

        $this->assertSame('42', $this->claims($answer)['sub']);
        $this->assertFalse($this->response($answer)->hasCookie(Guest::COOKIE));
    }

    public function testSaysInTheLogThatTheSecretIsTooShortAndNeverWhatItIs(): void
    {
        $this->settings->secret = 'hunter2';
        $this->signIn(42);

        $answer = $this->get('websocket/token');

        $answer->assertStatus(503);
        $this->assertStringNotContainsString('hunter2', (string) $this->response($answer)->getBody());
        $this->assertLogContains('error', 'expected at least 32 bytes');
        $this->assertLogContains('error', 'got 7');
    }

    #[DataProvider('provideCarriesNamesAsTheyAre')]
    public function testCarriesNamesAsTheyAre(string $name): void
    {
        $this->signIn(42, $name);

        $answer = $this->get('websocket/token');

        $this->assertMatchesRegularExpression('/\A\{\s*"token": ?"[A-Za-z0-9._-]+"\s*\}\z/', (string) $this->response($answer)->getBody());
        $this->assertStringContainsString('json', $this->response($answer)->getHeaderLine('Content-Type'));
        $shown = ((array) $this->claims($answer))['name'] ?? '';
        $this->assertLessThanOrEqual(64, mb_strlen($shown));
        $this->assertDoesNotMatchRegularExpression('/[\p{Cc}\x{202E}]/u', $shown);
    }

    /**
     * @return iterable<array{string}>
     */
    public static function provideCarriesNamesAsTheyAre(): iterable
    {
        foreach ([...self::PAYLOADS, str_repeat('long ', 40)] as $payload) {
            yield [$payload];
        }
    }

    public function testIsNeverKeptByThePageCache(): void
    {
        // An application that keeps all its pages.
        $keep = static function (): void {
            FrameworkServices::responsecache()->setTtl(60);
        };
        Events::on('post_controller_constructor', $keep);
        $this->signIn(42);

        $this->get('websocket/token')->assertOK();

        Events::removeListener('post_controller_constructor', $keep);
        $this->assertFalse(PageCache::isOn());
    }

    private function response(TestResponse $answer): Response
    {
        $response = $answer->response();
        $this->assertInstanceOf(Response::class, $response);

        return $response;
    }

    private function guestCookie(TestResponse $answer): Cookie
    {
        $cookie = $this->response($answer)->getCookie(Guest::COOKIE);
        $this->assertInstanceOf(Cookie::class, $cookie);

        return $cookie;
    }

    /**
     * @return array<array-key, mixed>
     */
    private function json(TestResponse $answer): array
    {
        return (array) json_decode((string) $this->response($answer)->getBody(), true);
    }

    /**
     * @return array{sub: string, name: string, iat: int, exp: int, read: list<string>, write: list<string>}
     */
    private function claims(TestResponse $answer): array
    {
        $token = $this->json($answer)['token'] ?? null;
        $this->assertIsString($token, (string) $this->response($answer)->getBody());

        /** @var array{sub: string, name: string, iat: int, exp: int, read: list<string>, write: list<string>} */
        return (array) JWT::decode($token, new Key($this->settings->secret, 'HS256'));
    }
}
