<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Frameworks;

use WsElements\Publisher\Tests\Support\Skeleton;

/**
 * @internal
 */
final class LaravelTest extends FrameworkTestCase
{
    public function testPublishesNothingOfATransactionThatIsRolledBack(): void
    {
        $this->signIn();
        $client = $this->connect();

        $this->assertSame(500, $this->browser->post('/orders?fail=1', $this->csrf())['status']);
        $this->browser->get('/tell');

        // It came second, and alone.
        $this->assertSame(['notification', 'Told'], $this->fields($client, 'type', 'title'));
    }

    protected static function heading(): string
    {
        return 'Laravel';
    }

    protected static function make(): Skeleton
    {
        return Skeleton::make('laravel/laravel');
    }

    protected static function fill(Skeleton $skeleton, array $settings): array
    {
        [$config, $provider, $token, $order] = self::examples();
        [$view]                              = self::examples('blade');

        $skeleton->write('.env', (string) file_get_contents("{$skeleton->folder}/.env.example"));
        $skeleton->append('.env', self::dotEnv([...$settings, 'SESSION_DRIVER' => 'file', 'CACHE_STORE' => 'file']));
        $skeleton->write('database/database.sqlite', '');
        $skeleton->php('artisan', 'key:generate');
        $skeleton->php('artisan', 'migrate', '--force');

        $skeleton->insert('config/services.php', "return [\n", $config);
        $skeleton->insert('app/Providers/AppServiceProvider.php', "public function register(): void\n    {\n", $provider);
        $skeleton->write('resources/views/chat.blade.php', $view);
        $skeleton->append('routes/web.php', <<<PHP

            {$token}
            {$order}
            Route::view('/chat', 'chat');

            Route::get('/sign-in', function () {
                \$user = \\App\\Models\\User::find(42) ?? tap(new \\App\\Models\\User(['name' => 'Ann', 'email' => 'ann@shop.example', 'password' => 'secret']), fn (\$user) => \$user->forceFill(['id' => 42])->save());
                Auth::login(\$user);

                return 'signed in';
            });
            Route::get('/tell', fn (\\WsElements\\Publisher\\Publisher \$publisher) => \$publisher->user(42)->notify('Told')->ok ? 'told' : abort(500));
            Event::listen(Illuminate\\Database\\Events\\TransactionCommitting::class, fn () => request()->boolean('fail') ? throw new RuntimeException('not stored') : null);

            PHP);

        return [];
    }

    /**
     * As its pages do it: by the cookie.
     */
    protected function order(): array
    {
        return $this->browser->post('/orders', $this->csrf());
    }

    /**
     * @return list<string>
     */
    private function csrf(): array
    {
        return ['X-XSRF-TOKEN: ' . $this->browser->cookie('XSRF-TOKEN')];
    }
}
