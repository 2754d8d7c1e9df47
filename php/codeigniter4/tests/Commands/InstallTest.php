<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Commands;

use CodeIgniter\Test\CIUnitTestCase;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Install\EnvFile;
use WsElements\CodeIgniter\Tests\Support\SparkApplication;
use WsElements\CodeIgniter\Tests\Support\TestDatabase;

/**
 * @internal
 */
final class InstallTest extends CIUnitTestCase
{
    private SparkApplication $own;

    protected function setUp(): void
    {
        parent::setUp();

        $this->own = SparkApplication::make();
    }

    protected function tearDown(): void
    {
        $this->own->remove();
        TestDatabase::fromEnvironment()->clear('installed_');

        parent::tearDown();
    }

    public function testMakesABareApplicationReady(): void
    {
        [$code, $output, $errors] = $this->install();
        $env                      = new EnvFile($this->own->read('.env'));

        $this->assertSame(0, $code, $output . $errors);
        $this->assertSame(64, strlen((string) $env->get('websocket.secret')));
        $this->assertStringNotContainsString((string) $env->get('websocket.secret'), $output . $errors);
        $this->assertStringNotContainsString((string) $env->get('websocket.apiKey'), $output . $errors);
        $this->assertSame('// 1', $this->own->read('public/assets/ws-elements.js'));
        $this->assertFileExists("{$this->own->folder}/public/assets/extras/outside-page.js");
        $this->assertStringContainsString('extends WebSocketDefaults', $this->own->read('app/Config/WebSocket.php'));
        $this->assertStringContainsString('php spark ws:serve', $output);
        $this->assertStringContainsString('<?= ws_script() ?>', $output);
    }

    #[DataProvider('provideChangesNothingTheSecondTime')]
    public function testChangesNothingTheSecondTime(?string $env): void
    {
        if ($env !== null) {
            $this->own->write('.env', $env);
        }
        $this->assertSame(0, $this->install()[0]);
        $state = $this->own->state();

        // A file that is written again has another time.
        foreach (array_keys($state) as $path) {
            touch("{$this->own->folder}/{$path}", 1_700_000_000);
        }
        $state = $this->own->state();
        $this->assertSame(0, $this->install()[0]);

        $this->assertSame($state, $this->own->state());
    }

    /**
     * @return iterable<string, array{string|null}>
     */
    public static function provideChangesNothingTheSecondTime(): iterable
    {
        yield 'no .env' => [null];

        yield 'CRLF' => ["CI_ENVIRONMENT = development\r\n# websocket.secret = x\r\n"];

        yield 'no newline at the end' => ['CI_ENVIRONMENT = development'];

        yield 'empty settings' => ["websocket.secret =\nwebsocket.apiKey =\n"];
    }

    public function testTheApplicationStillStartsAndKnowsTheSecret(): void
    {
        $this->install('--open');
        [$code, $output, $errors] = $this->own->spark('ws:token 7');

        $this->assertSame(0, $code, $errors);
        $this->assertMatchesRegularExpression('/\A[\w-]+\.[\w-]+\.[\w-]+\n\z/', $output);
        $this->assertStringContainsString('may read lobby', $errors);
    }

    public function testPublishesANewerScript(): void
    {
        $this->install();
        $this->own->buildScript('2');
        $this->install();

        $this->assertSame('// 2', $this->own->read('public/assets/ws-elements.js'));
    }

    /**
     * As it is in this application.
     */
    public function testOpensNothingWhereShieldSaysWhoPeopleAre(): void
    {
        $this->own->write('.env', "app.baseURL = 'http://localhost:8080/'\n");
        $this->install();

        $this->assertStringNotContainsString('allowGuests', $this->own->read('.env'));
    }

    public function testOpensNothingWhereToldSo(): void
    {
        $this->install('--closed');

        $this->assertStringNotContainsString('allowGuests', $this->own->read('.env'));
    }

    public function testLeavesAnApplicationsConfigClass(): void
    {
        $this->own->write('app/Config/WebSocket.php', "<?php\n\nnamespace Config;\n\nclass WebSocket\n{\n    public string \$url = 'mine';\n}\n");
        $before          = $this->own->read('app/Config/WebSocket.php');
        [$code, $output] = $this->install();

        $this->assertSame(0, $code);
        $this->assertSame($before, $this->own->read('app/Config/WebSocket.php'));
        $this->assertMatchesRegularExpression('/to do +app\/Config\/WebSocket\.php: it does not extend/', $output);
    }

    public function testMakesTheTablesWhereAsked(): void
    {
        $this->useDatabase();

        $this->assertMatchesRegularExpression('/to do +the table of notifications.*migrate -n/', $this->install()[1]);
        $this->assertFileDoesNotExist("{$this->own->folder}/writable/own.sqlite");
        $this->assertMatchesRegularExpression('/made +the tables of this package/', $this->install('--migrate')[1]);
        $this->assertMatchesRegularExpression('/kept +the tables of this package/', $this->install('--migrate')[1]);

        // A folder that is not there, and a port where nobody is.
        $this->own->write('.env', (string) preg_replace(['/own\.sqlite/', '/(\.port = ).*/'], ['no/own.sqlite', '${1}1'], $this->own->read('.env')));
        [$code, , $errors] = $this->install('--migrate');
        $this->assertSame(1, $code);
        $this->assertStringContainsString('the database: ', $errors);
    }

    public function testWritesTheModelThatTheDocumentationNames(): void
    {
        $this->useDatabase();
        $this->install('--no-migrate');
        $this->assertFileDoesNotExist("{$this->own->folder}/app/Models/NotificationModel.php");

        $this->assertMatchesRegularExpression('/made +app\/Models\/NotificationModel\.php/', $this->install('--migrate')[1]);
        $this->assertMatchesRegularExpression('/kept +app\/Models\/NotificationModel\.php/', $this->install('--migrate')[1]);
        $this->own->write('app/Commands/Store.php', <<<'PHP'
            <?php

            namespace App\Commands;

            use App\Models\NotificationModel;
            use CodeIgniter\CLI\BaseCommand;

            class Store extends BaseCommand
            {
                protected $group = 'Tests';
                protected $name  = 'test:store';

                public function run(array $params): void
                {
                    echo 'id ' . (new NotificationModel())->insert(['user_id' => 42, 'title' => 'Stored']);
                }
            }

            PHP);
        [, $output, $errors] = $this->own->spark('test:store');
        $this->assertStringContainsString('id 1', $output . $errors);

        $this->own->write('app/Models/NotificationModel.php', "<?php\n\nnamespace App\\Models;\n\nclass NotificationModel\n{\n}\n");
        $this->assertMatchesRegularExpression('/to do +app\/Models\/NotificationModel\.php: it does not extend/', $this->install('--migrate')[1]);
        $this->assertStringContainsString("class NotificationModel\n{", $this->own->read('app/Models/NotificationModel.php'));
    }

    public function testSaysThatThereIsNoDatabaseToMakeTablesIn(): void
    {
        [$code, , $errors] = $this->install('--migrate');

        $this->assertSame(1, $code);
        $this->assertStringContainsString('no database is configured', $errors);
    }

    public function testDoesTheRestWhereOneThingCannotBeDone(): void
    {
        [$code, $output, $errors] = $this->own->spark('ws:install --from /nowhere');

        $this->assertSame(1, $code);
        $this->assertStringContainsString('--from: expected a folder with ws-elements.js, got "/nowhere"', $errors);
        $this->assertStringNotContainsString('Next:', $output);
        $this->assertFileExists("{$this->own->folder}/.env");
    }

    public function testTellsWrongUseByItsExitCode(): void
    {
        [$code, , $errors] = $this->own->spark('ws:install --open --closed');

        $this->assertSame(2, $code);
        $this->assertStringContainsString('--open and --closed exclude each other', $errors);
        $this->assertFileDoesNotExist("{$this->own->folder}/.env");
    }

    #[DataProvider('provideExplainsItself')]
    public function testExplainsItself(string $command): void
    {
        [$code, $output] = $this->own->spark("{$command} --help");

        $this->assertSame(0, $code);
        $this->assertStringContainsString('Usage:', $output);
        $this->assertStringContainsString("{$command}", $output);
    }

    /**
     * @return iterable<string, array{string}>
     */
    public static function provideExplainsItself(): iterable
    {
        foreach (['ws:install', 'ws:serve', 'ws:doctor', 'ws:deploy', 'ws:publish', 'ws:token', 'ws:make:authorizer'] as $command) {
            yield $command => [$command];
        }
    }

    private function useDatabase(): void
    {
        $database = TestDatabase::fromEnvironment();
        $settings = $database->isSqlite() ? [
            'database.default.DBDriver' => 'SQLite3',
            'database.default.database' => "{$this->own->folder}/writable/own.sqlite",
        ] : [...$database->settings('default'), 'database.default.DBPrefix' => TestDatabase::PREFIX . 'installed_'];

        $this->own->write('.env', implode('', array_map(static fn (string $name, string $value): string => "{$name} = \"{$value}\"\n", array_keys($settings), $settings)));
    }

    /**
     * @return array{int, string, string}
     */
    private function install(string $options = ''): array
    {
        $folder = is_dir("{$this->own->folder}/built") ? "{$this->own->folder}/built" : $this->own->buildScript('1');

        return $this->own->spark("ws:install --from {$folder} {$options}");
    }
}
