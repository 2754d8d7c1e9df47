<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Install;

use CodeIgniter\Test\CIUnitTestCase;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Authorizers\DefaultChannel;
use WsElements\CodeIgniter\Config\WebSocket as WebSocketConfig;
use WsElements\CodeIgniter\Console\Failure;
use WsElements\CodeIgniter\Install\EnvFile;
use WsElements\CodeIgniter\Install\Settings;
use WsElements\CodeIgniter\Install\Step;
use WsElements\CodeIgniter\Tests\Support\Files;

/**
 * @internal
 */
final class SettingsTest extends CIUnitTestCase
{
    private string $folder;
    private WebSocketConfig $current;

    protected function setUp(): void
    {
        parent::setUp();

        $this->folder          = Files::temporaryFolder();
        $this->current         = new WebSocketConfig();
        $this->current->secret = '';
        $this->current->apiKey = '';
    }

    protected function tearDown(): void
    {
        Files::remove($this->folder);

        parent::tearDown();
    }

    public function testBeginsWithTheApplicationsTemplate(): void
    {
        file_put_contents("{$this->folder}/env", "# app.baseURL = ''\n");
        $this->install();

        $this->assertStringStartsWith("# app.baseURL = ''\n", $this->text());
        $this->assertSame("# app.baseURL = ''\n", file_get_contents("{$this->folder}/env"));
    }

    public function testMakesASecretAndAKeyThatNobodyGuessesAndNoTwoAlike(): void
    {
        $this->install();
        $first = new EnvFile($this->text());
        unlink("{$this->folder}/.env");
        $this->install();
        $second = new EnvFile($this->text());

        $values = [$first->get('websocket.secret'), $first->get('websocket.apiKey'), $second->get('websocket.secret'), $second->get('websocket.apiKey')];

        foreach ($values as $value) {
            $this->assertMatchesRegularExpression('/\A[0-9a-f]{64}\z/', (string) $value);
        }
        $this->assertCount(4, array_unique($values));
    }

    public function testNeverTellsWhatItMade(): void
    {
        $told = implode("\n", array_map(static fn (Step $step): string => $step->text, $this->install()));
        $env  = new EnvFile($this->text());

        $this->assertStringNotContainsString((string) $env->get('websocket.secret'), $told);
        $this->assertStringNotContainsString((string) $env->get('websocket.apiKey'), $told);
    }

    #[DataProvider('provideLeavesWhatIsSet')]
    public function testLeavesWhatIsSet(string $text): void
    {
        file_put_contents("{$this->folder}/.env", $text);
        $this->install(open: true);

        $this->assertSame($text, $this->text());
    }

    /**
     * @return iterable<string, array{string}>
     */
    public static function provideLeavesWhatIsSet(): iterable
    {
        $secret = str_repeat('0123456789', 4);

        yield 'by its name' => ["websocket.secret = {$secret}\r\nwebsocket.apiKey = 'a key'"];

        yield 'with underscores' => ["websocket_secret={$secret}\nwebsocket_apiKey=key\n"];

        yield 'by the server\'s name' => ["export WS_SECRET={$secret}\nWS_API_KEY=key\n"];

        yield 'a weak one' => ["websocket.secret = short\nwebsocket.apiKey = key\n"];
    }

    public function testLeavesWhatTheEnvironmentHas(): void
    {
        $this->current->secret = str_repeat('0123456789', 4);
        $this->current->apiKey = 'key';
        $this->install();

        $this->assertFileDoesNotExist("{$this->folder}/.env");
    }

    public function testSaysOfAWeakSecretHowLongItIsAndNothingElse(): void
    {
        file_put_contents("{$this->folder}/.env", "websocket.secret = short-one\nwebsocket.apiKey = key\n");
        $steps = $this->install();

        $this->assertSame('to do', $steps[0]->outcome);
        $this->assertStringContainsString('it has 9 bytes and needs 32', $steps[0]->text);
        $this->assertStringNotContainsString('short-one', $steps[0]->text);
    }

    public function testAddsOnlyWhatIsMissing(): void
    {
        file_put_contents("{$this->folder}/.env", "websocket.apiKey = mine\n# websocket.secret = old\n");
        $this->install();
        $env = new EnvFile($this->text());

        $this->assertSame('mine', $env->get('websocket.apiKey'));
        $this->assertStringStartsWith("websocket.apiKey = mine\n# websocket.secret = old\n", $env->text);
        $this->assertSame(64, strlen((string) $env->get('websocket.secret')));
        $this->assertSame(1, substr_count($env->text, 'websocket.apiKey'));
    }

    public function testLetsGuestsInTheFirstTimeOnly(): void
    {
        $this->install(open: true);
        $env = new EnvFile($this->text());
        $this->assertSame(['true', DefaultChannel::class], [$env->get('websocket.allowGuests'), $env->get('websocket.authorizer')]);

        $closed = str_replace(['websocket.allowGuests = true', 'websocket.authorizer = ' . DefaultChannel::class], '', $env->text);
        file_put_contents("{$this->folder}/.env", $closed);
        $this->install(open: true);
        $this->assertSame($closed, $this->text());
    }

    public function testLetsNobodyInWhereSomethingIsSaidOfIt(): void
    {
        file_put_contents("{$this->folder}/.env", "websocket.allowGuests = false\n");
        $this->install(open: true);

        $this->assertNull((new EnvFile($this->text()))->get('websocket.authorizer'));
    }

    public function testKeepsTheFilesModeAndAFileThatIsALink(): void
    {
        file_put_contents("{$this->folder}/shared.env", '');
        chmod("{$this->folder}/shared.env", 0o640);
        symlink("{$this->folder}/shared.env", "{$this->folder}/.env");
        $this->install();

        $this->assertTrue(is_link("{$this->folder}/.env"));
        $this->assertSame(0o640, (int) fileperms("{$this->folder}/shared.env") & 0o777);
        $this->assertStringContainsString('websocket.secret', (string) file_get_contents("{$this->folder}/shared.env"));
    }

    public function testSaysWhatToDoWhereTheFileCannotBeRead(): void
    {
        file_put_contents("{$this->folder}/.env", "x = y\n");
        chmod("{$this->folder}/.env", 0);

        $this->asAnotherUser(function (): void {
            $this->expectException(Failure::class);
            $this->expectExceptionMessage("{$this->folder}/.env: cannot be read");
            $this->install();
        });
    }

    public function testSaysWhatToDoWhereTheFileCannotBeWritten(): void
    {
        file_put_contents("{$this->folder}/.env", "x = y\n");
        chmod("{$this->folder}/.env", 0o444);

        $this->asAnotherUser(function (): void {
            $this->expectException(Failure::class);
            $this->expectExceptionMessage("{$this->folder}/.env: cannot be written");
            $this->install();
        });
    }

    /**
     * Root may read and write everything.
     */
    private function asAnotherUser(callable $test): void
    {
        if (! function_exists('posix_seteuid')) {
            $this->markTestSkipped('SKIPPED: needs PHP\'s extension posix');
        }
        $user = posix_geteuid();

        if ($user === 0) {
            posix_seteuid(65_534);
        }

        try {
            $test();
        } finally {
            posix_seteuid($user);
        }
    }

    /**
     * @return list<Step>
     */
    private function install(bool $open = false): array
    {
        return (new Settings("{$this->folder}/.env", "{$this->folder}/env", $this->current))->install($open);
    }

    private function text(): string
    {
        return (string) file_get_contents("{$this->folder}/.env");
    }
}
