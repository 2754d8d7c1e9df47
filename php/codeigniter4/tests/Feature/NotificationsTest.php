<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Feature;

use CodeIgniter\Config\Services as FrameworkServices;
use CodeIgniter\Security\Exceptions\SecurityException;
use CodeIgniter\Test\TestResponse;
use Config\App;
use Config\Filters;
use Firebase\JWT\JWT;
use PHPUnit\Framework\Attributes\CoversClass;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Controllers\NotificationsController;
use WsElements\CodeIgniter\Filters\TokenRoutes;
use WsElements\CodeIgniter\Identity\BearerToken;
use WsElements\CodeIgniter\Notifications\Inbox;
use WsElements\CodeIgniter\Notifications\StoredNotification;
use WsElements\CodeIgniter\Tests\Support\Html;
use WsElements\CodeIgniter\Tests\Support\NotificationsTestCase;
use WsElements\CodeIgniter\Tests\Support\TestDatabase;
use WsElements\Publisher\Token;

/**
 * @internal
 */
#[CoversClass(NotificationsController::class)]
#[CoversClass(BearerToken::class)]
#[CoversClass(Inbox::class)]
#[CoversClass(StoredNotification::class)]
#[CoversClass(TokenRoutes::class)]
final class NotificationsTest extends NotificationsTestCase
{
    protected function tearDown(): void
    {
        FrameworkServices::resetSingle('routes');
        FrameworkServices::resetSingle('filters');

        parent::tearDown();
    }

    public function testAnswersTheUsersTheNewestFirst(): void
    {
        config(App::class)->appTimezone = 'Europe/Vienna';
        $this->notifications()->insert(['user_id' => 42, 'title' => 'Backup done', 'created_at' => '2026-03-04 10:30:00', 'read_at' => '2026-03-04 11:00:00']);
        $this->notifications()->insert(['user_id' => 42, 'title' => 'New order', 'message' => '#12345', 'priority' => 'high', 'link' => '/orders/12345', 'created_at' => '2026-03-04 12:00:00']);
        $this->notifications()->send(43, 'Not hers');

        $response = $this->ask('websocket/notifications', '42');

        $response->assertStatus(200);
        $this->assertSame('no-store', $response->response()->getHeaderLine('Cache-Control'));
        $this->assertStringStartsWith('application/json', $response->response()->getHeaderLine('Content-Type'));
        $this->assertSame([
            'notifications' => [
                ['id' => '2', 'title' => 'New order', 'message' => '#12345', 'priority' => 'high', 'link' => '/orders/12345', 'timestamp' => '2026-03-04T11:00:00.000Z', 'read' => false, 'readAt' => null],
                ['id' => '1', 'title' => 'Backup done', 'message' => '', 'priority' => 'normal', 'link' => null, 'timestamp' => '2026-03-04T09:30:00.000Z', 'read' => true, 'readAt' => '2026-03-04T10:00:00.000Z'],
            ],
            'unread' => 1,
            'next'   => null,
        ], $this->body($response));
    }

    public function testPagesWithoutAGapOrADouble(): void
    {
        $this->notifications()->insertBatch(array_map(static fn (int $n): array => ['user_id' => $n % 2 === 0 ? '42' : '43', 'title' => "number {$n}"], range(1, 14)));
        $titles = [];
        $before = '';

        do {
            $page = $this->body($this->ask("websocket/notifications?limit=3{$before}", '42'));
            $this->assertIsArray($page['notifications']);
            $titles[] = array_column($page['notifications'], 'title');
            $next     = $page['next'];
            $before   = is_string($next) ? "&before={$next}" : '';
        } while ($before !== '');

        $this->assertSame([['number 14', 'number 12', 'number 10'], ['number 8', 'number 6', 'number 4'], ['number 2']], $titles);
    }

    public function testAnswersUnreadOnesOnly(): void
    {
        $this->notifications()->insert(['user_id' => 42, 'title' => 'Read', 'read_at' => '2026-03-04 11:00:00']);
        $this->notifications()->send(42, 'Unread');

        $page = $this->body($this->ask('websocket/notifications?unread=1', '42'));

        $this->assertIsArray($page['notifications']);
        $this->assertSame(['Unread'], array_column($page['notifications'], 'title'));
    }

    #[DataProvider('provideRefusesBoundsThatAreNone')]
    public function testRefusesBoundsThatAreNone(string $query, string $field): void
    {
        $response = $this->ask("websocket/notifications?{$query}", '42');

        $response->assertStatus(400);
        $this->assertSame($field, $this->error($response)['field'] ?? null);
    }

    /**
     * @return iterable<string, array{string, string}>
     */
    public static function provideRefusesBoundsThatAreNone(): iterable
    {
        foreach (['0', '101', '-1', 'ten', '', '1e1'] as $limit) {
            yield "limit {$limit}" => ["limit={$limit}", 'limit'];
        }

        foreach (['0', '-1', '9999999999999999999999', '1%27'] as $before) {
            yield "before {$before}" => ["before={$before}", 'before'];
        }

        yield 'limits' => ['limit[]=1', 'limit'];

        yield 'befores' => ['before[]=1', 'before'];
    }

    public function testAnswersAsManyAsMayBeAsked(): void
    {
        $this->notifications()->insertBatch(array_map(static fn (int $n): array => ['user_id' => '42', 'title' => "number {$n}"], range(1, 101)));

        $most    = $this->body($this->ask('websocket/notifications?limit=100', '42'));
        $default = $this->body($this->ask('websocket/notifications', '42'));

        $this->assertCount(100, (array) $most['notifications']);
        $this->assertCount(30, (array) $default['notifications']);
        $this->assertSame(101, $most['unread']);
    }

    public function testMarksByIds(): void
    {
        $one = $this->notifications()->send(42, 'one');
        $two = $this->notifications()->send(42, 'two');
        $this->server->reset();

        $response = $this->mark(['ids' => ["{$one}"]], '42');

        $response->assertStatus(200);
        $this->assertSame(['marked' => 1, 'unread' => 1], $this->body($response));
        $this->assertTrue($this->isRead($one));
        $this->assertFalse($this->isRead($two));
        $this->assertSame(['user 42: notification_mark {"ids":["' . $one . '"],"read":true}'], $this->pushed());
    }

    public function testMarksAll(): void
    {
        $this->notifications()->send(42, 'one');
        $this->notifications()->send(42, 'two');

        $this->assertSame(['marked' => 2, 'unread' => 0], $this->body($this->mark(['all' => true], '42')));
        $this->assertSame(['marked' => 0, 'unread' => 0], $this->body($this->mark(['all' => true], '42')));
    }

    public function testLeavesOthersAlone(): void
    {
        $his = $this->notifications()->send(43, 'His');
        $this->server->reset();

        $this->assertSame(['marked' => 0, 'unread' => 0], $this->body($this->mark(['ids' => [$his]], '42')));
        $this->assertSame(['marked' => 0, 'unread' => 0], $this->body($this->mark(['all' => true], '42')));
        $this->assertFalse($this->isRead($his));
        $this->assertSame([], $this->pushed());
    }

    #[DataProvider('provideRefusesMarksThatAreNone')]
    public function testRefusesMarksThatAreNone(string $body): void
    {
        $id = $this->notifications()->send(42, 'Unread');

        $response = $this->withBody($body)->withHeaders($this->bearer('42'))->post('websocket/notifications/read');

        $response->assertStatus(400);
        $this->assertFalse($this->isRead($id));
    }

    /**
     * @return iterable<string, array{string}>
     */
    public static function provideRefusesMarksThatAreNone(): iterable
    {
        yield 'nothing' => [''];

        yield 'no JSON' => ['ids=1'];

        yield 'no object' => ['17'];

        yield 'no ids' => ['{"ids":[]}'];

        yield 'one id' => ['{"ids":"1"}'];

        yield 'other ids' => ['{"ids":["1 OR 1=1"]}'];

        yield 'too many' => ['{"ids":[' . implode(',', range(1, 1001)) . ']}'];

        yield 'not all' => ['{"all":"yes"}'];
    }

    #[DataProvider('provideRefusesWhoIsNotKnown')]
    public function testRefusesWhoIsNotKnown(?string $authorization): void
    {
        $id = $this->notifications()->send(42, 'Secret');
        // Whoever is signed in by a cookie is nobody here.
        $this->signIn(42, 'Ana');
        $headers = $authorization === null ? [] : ['Authorization' => $authorization];

        foreach ([$this->withHeaders($headers)->get('websocket/notifications'), $this->withBody('{"all":true}')->withHeaders($headers)->post('websocket/notifications/read')] as $response) {
            $response->assertStatus(401);
            $this->assertSame('Bearer', $response->response()->getHeaderLine('WWW-Authenticate'));
            $this->assertStringNotContainsString('Secret', (string) $response->response()->getBody());
        }
        $this->assertFalse($this->isRead($id));
    }

    /**
     * @return iterable<string, array{string|null}>
     */
    public static function provideRefusesWhoIsNotKnown(): iterable
    {
        $secret = 'a secret of the tests, long enough to sign';
        $claims = ['sub' => '42', 'exp' => time() + 60];

        yield 'nobody' => [null];

        yield 'no token' => ['Bearer '];

        yield 'no JWT' => ['Bearer 42'];

        yield 'another scheme' => ['Basic ' . JWT::encode($claims, $secret, 'HS256')];

        yield 'expired' => ['Bearer ' . JWT::encode(['sub' => '42', 'exp' => time() - 1], $secret, 'HS256')];

        yield 'not yet' => ['Bearer ' . JWT::encode($claims + ['nbf' => time() + 60], $secret, 'HS256')];

        yield 'never ending' => ['Bearer ' . JWT::encode(['sub' => '42'], $secret, 'HS256')];

        yield 'another secret' => ['Bearer ' . JWT::encode($claims, 'another secret, long enough to sign with it', 'HS256')];

        yield 'another algorithm' => ['Bearer ' . JWT::encode($claims, str_repeat($secret, 2), 'HS512')];

        yield 'no algorithm' => ['Bearer ' . JWT::urlsafeB64Encode('{"alg":"none","typ":"JWT"}') . '.' . JWT::urlsafeB64Encode((string) json_encode($claims)) . '.'];

        yield 'no user' => ['Bearer ' . JWT::encode(['exp' => time() + 60], $secret, 'HS256')];

        yield 'a number' => ['Bearer ' . JWT::encode(['sub' => 42, 'exp' => time() + 60], $secret, 'HS256')];
    }

    public function testRefusesEveryoneWhereNoSecretIsSet(): void
    {
        $bearer                 = $this->bearer('42');
        $this->settings->secret = '';

        $this->withHeaders($bearer)->get('websocket/notifications')->assertStatus(401);
    }

    public function testMarksWithTheApplicationsCsrfFilterOn(): void
    {
        $id      = $this->notifications()->send(42, 'Unread');
        $filters = config(Filters::class);

        $filters->globals['before'] = ['honeypot', 'csrf', 'invalidchars' => ['except' => 'x/*']];

        $this->mark(['ids' => [$id]], '42')->assertStatus(200);

        $this->assertTrue($this->isRead($id));
        // Everything else is as it was, and in its order.
        $this->assertSame(['honeypot', 'csrf' => ['except' => ['websocket/token', 'websocket/notifications/read']], 'invalidchars' => ['except' => 'x/*']], $filters->globals['before']);
    }

    public function testLeavesTheFilterOnForEverythingElse(): void
    {
        config(Filters::class)->globals['before'] = ['csrf' => ['except' => 'hooks/*']];
        $this->mark(['all' => true], '42')->assertStatus(200);
        $this->assertSame(['csrf' => ['except' => ['hooks/*', 'websocket/token', 'websocket/notifications/read']]], config(Filters::class)->globals['before']);

        FrameworkServices::resetSingle('filters');
        $this->expectException(SecurityException::class);
        $this->withRoutes([['POST', 'websocket/notifications', static fn (): string => 'through']])->post('websocket/notifications');
    }

    public function testTakesOverWhatTheUserDidInTheElement(): void
    {
        [$one, $two, $three] = array_map(fn (string $title): int|string|null => $this->notifications()->send(42, $title), ['one', 'two', 'three']);
        $this->notifications()->markRead(42, [(int) $three]);
        $this->server->reset();
        $channel = Services::websocket()->user(42);
        $channel->send('notification_mark', ['ids' => ["{$one}", "{$two}", 'order-1', 'user:42 fake:3'], 'read' => true]);
        $channel->send('notification_mark', ['ids' => ["{$two}", "{$three}"], 'read' => false]);

        $page = $this->body($this->ask('websocket/notifications', '42'));

        $this->assertIsArray($page['notifications']);
        $this->assertSame([false, false, true], array_column($page['notifications'], 'read'));
        $this->assertSame(2, $page['unread']);
    }

    public function testAnswersFromTheTableWhereNoServerIs(): void
    {
        $this->notifications()->send(42, 'Here');
        $this->server->fail();

        $this->assertSame(1, $this->body($this->ask('websocket/notifications', '42'))['unread']);
    }

    public function testSaysThatThereIsNoTable(): void
    {
        $this->settings->notificationsTable = 'not_there';

        $this->ask('websocket/notifications', '42')->assertStatus(503);
        $this->assertLogContains('error', 'php spark migrate --all makes their table');
    }

    #[DataProvider('provideLetsNoTextBecomeMarkupOrPlaceholder')]
    public function testLetsNoTextBecomeMarkupOrPlaceholder(string $payload): void
    {
        // Past the model: what an import wrote.
        $database = TestDatabase::fromEnvironment();
        $payload  = $database->storable($payload);
        db_connect()->table('notifications')->insert([
            'user_id' => '42', 'title' => $payload, 'message' => $payload, 'link' => $payload,
            // Only SQLite lets it into columns of another type or of 16 characters.
            ...($database->isSqlite() ? ['priority' => $payload, 'created_at' => $payload] : []),
        ]);

        $json = (string) $this->ask('websocket/notifications', '42')->response()->getBody();
        $sent = Html::sent($json);

        $this->assertSame($json, $sent);
        $this->assertSame(0, preg_match('/[<>\'&]/', $sent));
        $page = json_decode($sent, true);
        $this->assertIsArray($page);
        $this->assertIsArray($page['notifications']);
        $this->assertIsArray($page['notifications'][0]);
        $title = $page['notifications'][0]['title'];
        $this->assertIsString($title);
        // What is no UTF-8 reads as U+FFFD; SQLite and PostgreSQL end a text at NUL.
        $this->assertSame(rtrim(mb_scrub($payload), "\0"), str_replace("\u{FFFD}", '?', $title));
        $this->assertSame('normal', $page['notifications'][0]['priority']);
    }

    /**
     * @return iterable<array{string}>
     */
    public static function provideLetsNoTextBecomeMarkupOrPlaceholder(): iterable
    {
        foreach (self::PAYLOADS as $payload) {
            yield [$payload];
        }
    }

    private function ask(string $path, string $userId): TestResponse
    {
        return $this->withHeaders($this->bearer($userId))->get($path);
    }

    /**
     * @param array<string, mixed> $body
     */
    private function mark(array $body, string $userId): TestResponse
    {
        return $this->withBody((string) json_encode($body))->withHeaders($this->bearer($userId))->post('websocket/notifications/read');
    }

    /**
     * @return array<string, string>
     */
    private function bearer(string $userId): array
    {
        return ['Authorization' => 'Bearer ' . (new Token($this->settings->secret))->issue($userId)];
    }

    /**
     * @return array<array-key, mixed>
     */
    private function body(TestResponse $response): array
    {
        $body = json_decode((string) $response->response()->getBody(), true);
        $this->assertIsArray($body);

        return $body;
    }

    /**
     * @return array<array-key, mixed>
     */
    private function error(TestResponse $response): array
    {
        $error = $this->body($response)['error'] ?? null;
        $this->assertIsArray($error);

        return $error;
    }
}
