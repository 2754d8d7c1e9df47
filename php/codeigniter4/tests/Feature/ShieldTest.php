<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Feature;

use CodeIgniter\Shield\Auth;
use CodeIgniter\Shield\Config\Auth as AuthConfig;
use CodeIgniter\Shield\Entities\User;
use CodeIgniter\Shield\Models\UserModel;
use CodeIgniter\Test\DatabaseTestTrait;
use Config\Cookie as CookieConfig;
use Config\Security;
use Firebase\JWT\JWT;
use Firebase\JWT\Key;
use LogicException;
use PHPUnit\Framework\Attributes\CoversClass;
use WsElements\CodeIgniter\Authorizers\Authorizer;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Identity\Identity;
use WsElements\CodeIgniter\Identity\ShieldIdentityProvider;
use WsElements\CodeIgniter\Tests\Support\TestCase;
use WsElements\Publisher\Grants;

/**
 * With the real Shield, in its tables.
 *
 * @internal
 */
#[CoversClass(ShieldIdentityProvider::class)]
final class ShieldTest extends TestCase
{
    use DatabaseTestTrait;

    /**
     * Of every package.
     *
     * @var list<string>|string|null
     */
    protected $namespace;

    protected function setUp(): void
    {
        parent::setUp();

        // Found where Shield is installed, as an application is that says nothing.
        $this->settings->identity = '';
        // Shield's own condition.
        config(Security::class)->csrfProtection = 'session';
    }

    public function testSaysWhoIsSignedIn(): void
    {
        $user = $this->register('ana');
        $this->withSession(['user' => ['id' => $user->id]]);

        $claims = $this->claims();

        $this->assertSame([(string) $user->id, 'ana'], [$claims['sub'], $claims['name']]);
    }

    public function testLetsAnAuthorizerAskForGroups(): void
    {
        $this->settings->authorizer = (new class () implements Authorizer {
            public function authorize(Identity $identity): Grants
            {
                return new Grants(read: $identity->user instanceof User && $identity->user->inGroup('admin') ? ['ops'] : []);
            }
        })::class;
        // As Shield's setup leaves the application.
        helper('setting');
        $user = $this->register('root');
        $user->addGroup('admin');
        $this->withSession(['user' => ['id' => $user->id]]);

        $this->assertSame(['ops'], $this->claims()['read'] ?? []);
    }

    public function testWaitsForASecondFactor(): void
    {
        $user = $this->register('ana');
        $this->withSession(['user' => ['id' => $user->id, 'auth_action' => 'CodeIgniter\Shield\Authentication\Actions\Email2FA']]);

        $this->get('websocket/token')->assertStatus(401);
    }

    public function testDoesNotAskShieldAboutAGuest(): void
    {
        $this->catchQuestions();

        $this->assertNull(Services::websocketvisitor()->identity());
    }

    public function testAsksShieldAboutWhoWantsToBeRemembered(): void
    {
        config(CookieConfig::class)->prefix = 'shop_';
        $this->setCookie('shop_remember', 'selector:validator');
        $this->catchQuestions();

        $this->expectExceptionMessage('Asked, which begins a session');
        Services::websocketvisitor()->identity();
    }

    private function catchQuestions(): void
    {
        Services::injectMock('auth', new class (new AuthConfig()) extends Auth {
            public function user(): ?User
            {
                throw new LogicException('Asked, which begins a session');
            }
        });
    }

    private function register(string $name): User
    {
        $users = model(UserModel::class);
        $this->assertInstanceOf(UserModel::class, $users);
        $users->save(new User(['username' => $name, 'email' => "{$name}@shop.example", 'password' => 'correct horse battery', 'active' => true]));
        $user = $users->findById($users->getInsertID());
        $this->assertInstanceOf(User::class, $user);

        return $user;
    }

    /**
     * @return array{sub: string, name: string, read?: list<string>}
     */
    private function claims(): array
    {
        $answer = (array) json_decode((string) $this->get('websocket/token')->response()->getBody(), true);
        $token  = $answer['token'] ?? null;
        $this->assertIsString($token, (string) json_encode($answer));

        /** @var array{sub: string, name: string, read?: list<string>} */
        return (array) JWT::decode($token, new Key($this->settings->secret, 'HS256'));
    }
}
