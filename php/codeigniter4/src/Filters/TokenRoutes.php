<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Filters;

use CodeIgniter\Config\Filters as FrameworkFilters;
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
     * @param list<string> $paths
     */
    public static function exempt(FrameworkFilters $filters, array $paths): void
    {
        $before = $filters->globals['before'] ?? [];
        $exempt = [];

        foreach ($before as $name => $rules) {
            $alias = is_array($rules) ? $name : $rules;

            if (! is_string($alias) || ! self::isCsrf($filters, $alias)) {
                // Numbers are given anew, in the same order.
                $exempt += is_string($name) ? [$name => $rules] : [count($exempt) => $rules];

                continue;
            }

            $rules           = is_array($rules) ? $rules : [];
            $except          = is_array($rules['except'] ?? null) ? $rules['except'] : array_filter([$rules['except'] ?? null]);
            $rules['except'] = array_values(array_unique([...array_values($except), ...$paths]));
            $exempt[$alias]  = $rules;
        }

        $filters->globals['before'] = $exempt;
    }

    private static function isCsrf(FrameworkFilters $filters, string $alias): bool
    {
        $class = $filters->aliases[$alias] ?? $alias;

        return is_string($class) && is_a($class, CSRF::class, true);
    }
}
