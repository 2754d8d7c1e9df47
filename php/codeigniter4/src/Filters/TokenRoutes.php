<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Filters;

use CodeIgniter\Config\BaseConfig;
use CodeIgniter\Filters\CSRF;

/**
 * Takes routes that know a user by `Authorization: Bearer …` alone out of the CSRF filter, as an application would by
 * `'csrf' => ['except' => […]]`. No other page can set that header; the filter would ask for a token that only forms
 * have, and use it up under them.
 *
 * Only in `$globals['before']`, in memory, and these paths alone. All other filters stay, in their order.
 */
final class TokenRoutes
{
    /**
     * @param BaseConfig   $filters The application's. What was made before CodeIgniter 4.5 has no other class above it.
     * @param list<string> $paths
     */
    public static function exempt(BaseConfig $filters, array $paths): void
    {
        ['globals' => $globals, 'aliases' => $aliases] = get_object_vars($filters) + ['globals' => null, 'aliases' => null];

        if (! is_array($globals) || ! is_array($globals['before'] ?? null)) {
            return;
        }

        $before = [];

        foreach ($globals['before'] as $name => $rules) {
            $alias = is_array($rules) ? $name : $rules;

            if (is_string($alias) && self::isCsrf(is_array($aliases) ? $aliases : [], $alias)) {
                $before[$alias] = self::with(is_array($rules) ? $rules : [], $paths);
            } elseif (is_string($name)) {
                $before[$name] = $rules;
            } else {
                $before[] = $rules;
            }
        }

        $globals['before'] = $before;
        self::set($filters, 'globals', $globals);
    }

    private static function set(BaseConfig $config, string $property, mixed $value): void
    {
        $config->{$property} = $value;
    }

    /**
     * @param array<array-key, mixed> $rules
     * @param list<string>            $paths
     *
     * @return array<array-key, mixed>
     */
    private static function with(array $rules, array $paths): array
    {
        $except = $rules['except'] ?? [];
        $except = is_array($except) ? array_values($except) : [$except];

        return [...$rules, 'except' => [...$except, ...array_values(array_diff($paths, array_filter($except, is_string(...))))]];
    }

    /**
     * @param array<array-key, mixed> $aliases
     */
    private static function isCsrf(array $aliases, string $alias): bool
    {
        $class = $aliases[$alias] ?? $alias;

        return is_string($class) && is_a($class, CSRF::class, true);
    }
}
