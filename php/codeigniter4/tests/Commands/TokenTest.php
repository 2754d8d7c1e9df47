<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Commands;

use CodeIgniter\Test\CIUnitTestCase;
use WsElements\CodeIgniter\Tests\Support\SparkApplication;

/**
 * @internal
 */
final class TokenTest extends CIUnitTestCase
{
    private const SETTINGS = ['websocket.secret' => '0123456789012345678901234567890123456789'];

    private SparkApplication $own;

    protected function setUp(): void
    {
        parent::setUp();

        $this->own = SparkApplication::make();
    }

    protected function tearDown(): void
    {
        $this->own->remove();

        parent::tearDown();
    }

    public function testPrintsATokenAndNothingElse(): void
    {
        [$code, $output, $errors] = $this->own->spark('ws:token 42 --name Ana --read lobby,orders-* --write=lobby --types=cursor --lifetime 60', self::SETTINGS);
        [, $claims]               = [...explode('.', $output), ''];
        $claims                   = json_decode((string) base64_decode(strtr($claims, '-_', '+/'), true), true);

        $this->assertSame(0, $code);
        $this->assertIsArray($claims);
        $this->assertIsInt($claims['exp']);
        $this->assertIsInt($claims['iat']);
        $this->assertSame(
            ['42', 'Ana', ['lobby', 'orders-*'], ['lobby'], ['cursor'], 60],
            [$claims['sub'], $claims['name'], $claims['read'], $claims['write'], $claims['types'], $claims['exp'] - $claims['iat']],
        );
        $this->assertStringContainsString('A secret: whoever has it is user 42 for 60 s.', $errors);
        $this->assertSame($output, trim($output) . "\n");
    }

    public function testGrantsWhatTheApplicationsAuthorizerDoes(): void
    {
        [$made, $told]     = $this->own->spark('ws:make:authorizer Live/Channels', self::SETTINGS);
        [$code, , $errors] = $this->own->spark('ws:token 42', [...self::SETTINGS, 'websocket.authorizer' => 'App\Authorizers\Live\Channels']);

        $this->assertSame(0, $made, $told);
        $this->assertStringContainsString('app/Authorizers/Live/Channels.php: written', $told);
        $this->assertSame(0, $code, $errors);
        $this->assertStringContainsString('It may read lobby, and write lobby.', $errors);
    }

    public function testLeavesAnAuthorizerThatIsThere(): void
    {
        $this->own->write('app/Authorizers/ChannelAuthorizer.php', 'mine');
        [$code, , $errors] = $this->own->spark('ws:make:authorizer');

        $this->assertSame(1, $code);
        $this->assertStringContainsString('app/Authorizers/ChannelAuthorizer.php: is there already', $errors);
        $this->assertSame('mine', $this->own->read('app/Authorizers/ChannelAuthorizer.php'));

        $this->assertSame(0, $this->own->spark('ws:make:authorizer --force')[0]);
        $this->assertNotSame('mine', $this->own->read('app/Authorizers/ChannelAuthorizer.php'));
    }

    public function testWritesNoAuthorizerOutsideOfItsFolder(): void
    {
        foreach (['../../evil', 'a b', '1a', 'a;b'] as $name) {
            $this->assertSame(2, $this->own->spark('ws:make:authorizer ' . escapeshellarg($name))[0], $name);
        }
    }

    public function testSaysWhatIsWrong(): void
    {
        $this->assertSame(2, $this->own->spark('ws:token', self::SETTINGS)[0]);
        $this->assertSame(2, $this->own->spark('ws:token 1 --lifetime 90000', self::SETTINGS)[0]);

        [$code, $output, $errors] = $this->own->spark('ws:token 1', ['websocket.secret' => 'short']);
        $this->assertSame(1, $code);
        $this->assertSame('', $output);
        $this->assertStringContainsString('got 5', $errors);

        $this->assertStringContainsString('expected a class that implements', $this->own->spark('ws:token 1', [...self::SETTINGS, 'websocket.authorizer' => 'Nothing'])[2]);
    }
}
