<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Server;

use WsElements\CodeIgniter\Console\Failure;

/**
 * Node on this machine.
 */
final readonly class Node
{
    /**
     * What the server needs.
     */
    public const MINIMUM = '22.18.0';

    private const CURE = 'Get it from https://nodejs.org/en/download, or into this application by npm: npm install node@24';

    private function __construct(public string $path, public string $version)
    {
    }

    /**
     * The first that is new enough: the one that is named, the system's, or npm's package `node` in the application.
     *
     * @param string|null $named A path, or a name in PATH.
     *
     * @throws Failure There is none, or it is too old.
     */
    public static function find(string $root, ?string $named = null): self
    {
        $places = $named === null ? ['node', rtrim($root, '/\\') . '/node_modules/node/bin/node'] : [$named];
        $old    = null;

        foreach ($places as $place) {
            $version = self::versionOf($place);

            if ($version !== null && version_compare($version, self::MINIMUM, '>=')) {
                return new self(Executable::find($place) ?? $place, $version);
            }
            $old ??= $version === null ? null : "{$place} is {$version}";
        }

        throw new Failure(sprintf(
            'Node %s or newer is needed: %s. %s',
            self::MINIMUM,
            $old ?? ($named === null ? 'there is none on this machine (no "node" in PATH)' : "\"{$named}\" is none"),
            self::CURE,
        ));
    }

    private static function versionOf(string $command): ?string
    {
        if (Executable::find($command) === null) {
            return null;
        }

        return preg_match('/\Av(\d+\.\d+\.\d+)/', Executable::outputOf([$command, '--version']), $found) === 1 ? $found[1] : null;
    }
}
