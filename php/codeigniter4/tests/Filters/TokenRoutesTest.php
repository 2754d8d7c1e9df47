<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Filters;

use CodeIgniter\Config\BaseConfig;
use CodeIgniter\Filters\CSRF;
use CodeIgniter\Filters\Honeypot;
use CodeIgniter\Test\CIUnitTestCase;
use PHPUnit\Framework\Attributes\CoversClass;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Filters\TokenRoutes;

/**
 * @internal
 */
#[CoversClass(TokenRoutes::class)]
final class TokenRoutesTest extends CIUnitTestCase
{
    /**
     * @param array<array-key, mixed> $before
     * @param array<array-key, mixed> $expected
     */
    #[DataProvider('provideAddsAnExceptionAndNothingElse')]
    public function testAddsAnExceptionAndNothingElse(array $before, array $expected): void
    {
        $filters = new class () extends BaseConfig {
            /**
             * @var array<string, string>
             */
            public array $aliases = ['csrf' => CSRF::class, 'shop-csrf' => CSRF::class, 'honeypot' => Honeypot::class];

            /**
             * @var array<string, array<array-key, mixed>>
             */
            public array $globals = [];
        };
        $filters->globals = ['before' => $before, 'after' => ['honeypot']];

        // A worker's configuration may have been through it before.
        TokenRoutes::exempt($filters, ['read']);
        TokenRoutes::exempt($filters, ['read']);

        $this->assertSame(['before' => $expected, 'after' => ['honeypot']], $filters->globals);
    }

    /**
     * @return iterable<string, array{array<array-key, mixed>, array<array-key, mixed>}>
     */
    public static function provideAddsAnExceptionAndNothingElse(): iterable
    {
        yield 'off' => [['honeypot'], ['honeypot']];

        yield 'on' => [['honeypot', 'csrf', 'other'], ['honeypot', 'csrf' => ['except' => ['read']], 'other']];

        yield 'with an exception' => [['csrf' => ['except' => 'hooks/*']], ['csrf' => ['except' => ['hooks/*', 'read']]]];

        yield 'with exceptions' => [['csrf' => ['except' => ['a', 'b']], 'honeypot'], ['csrf' => ['except' => ['a', 'b', 'read']], 'honeypot']];

        yield 'by another name' => [['shop-csrf'], ['shop-csrf' => ['except' => ['read']]]];

        yield 'by its class' => [[CSRF::class], [CSRF::class => ['except' => ['read']]]];
    }

    public function testLeavesAConfigurationAloneThatHasNoFilters(): void
    {
        $filters = new class () extends BaseConfig {};

        TokenRoutes::exempt($filters, ['read']);

        $this->assertArrayNotHasKey('globals', get_object_vars($filters));
    }
}
