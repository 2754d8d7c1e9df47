<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Frameworks;

use WsElements\Publisher\Tests\Support\Skeleton;

/**
 * @internal
 */
final class SlimTest extends FrameworkTestCase
{
    protected static function heading(): string
    {
        return 'Slim';
    }

    protected static function make(): Skeleton
    {
        return Skeleton::make('slim/slim', ['slim/slim' => '^4.12', 'slim/psr7' => '^1.6', 'php-di/php-di' => '^7.0'], project: false);
    }

    protected static function fill(Skeleton $skeleton, array $settings): array
    {
        [$container, $token, $order, $chat] = self::examples();

        $skeleton->write('public/index.php', <<<PHP
            <?php

            require __DIR__ . '/../vendor/autoload.php';
            session_start(['cache_limiter' => '']);

            \$container = new DI\\Container([Psr\\Log\\LoggerInterface::class => new Psr\\Log\\NullLogger()]);
            {$container}
            Slim\\Factory\\AppFactory::setContainer(\$container);
            \$app = Slim\\Factory\\AppFactory::create();
            \$app->add(fn (\$request, \$handler) => \$handler->handle(\$request->withAttribute('auth', \$_SESSION['user'] ?? null)));
            \$app->get('/sign-in', function (\$request, \$response) {
                \$_SESSION['user'] = (object) ['id' => 42, 'name' => 'Ann'];

                return \$response;
            });
            {$token}
            {$order}
            {$chat}
            \$app->run();

            PHP);

        return $settings;
    }
}
