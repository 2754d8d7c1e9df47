<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Server;

use WsElements\CodeIgniter\Console\Failure;

/**
 * How the Node server is started.
 */
final readonly class ServerCommand
{
    public const PACKAGE = 'ws-elements-server';

    /**
     * Of the server, which speaks this package's protocol.
     */
    private const VERSION = '^0.1.0';

    /**
     * @param non-empty-list<string> $arguments The program first.
     * @param string                 $node      The Node that runs it.
     * @param bool                   $isFetched It may have to be downloaded first.
     */
    private function __construct(public array $arguments, public string $node, public bool $isFetched = false)
    {
    }

    /**
     * @param string      $root    The application's folder.
     * @param string      $setting `websocket.server`.
     * @param string|null $node    A Node to use instead of the machine's.
     *
     * @throws Failure There is no server, or no Node for it.
     */
    public static function find(string $root, string $setting = '', ?string $node = null): self
    {
        $root  = rtrim($root, '/\\');
        $found = Node::find($root, $node);

        if ($setting !== '') {
            $file = is_file($setting) ? $setting : "{$root}/{$setting}";

            return is_file($file)
                ? new self([$found->path, realpath($file) ?: $file], $found->path)
                : throw new Failure("websocket.server: expected the file of the server's command, got \"{$setting}\", which is not there");
        }

        $entry = self::entryOf("{$root}/node_modules/" . self::PACKAGE);

        if ($entry !== null) {
            return new self([$found->path, $entry], $found->path);
        }

        // npm's own, which belongs to this Node, goes before the system's.
        $npx = Executable::find(dirname($found->path) . '/npx') ?? Executable::find('npx');

        return $npx !== null
            ? new self([$npx, '--yes', self::PACKAGE . '@' . self::VERSION], $found->path, true)
            : throw new Failure('the server is not installed, and there is no npx to get it. Install npm, then in ' . $root . ': npm install ' . self::PACKAGE);
    }

    /**
     * The file behind `node_modules/.bin/ws-elements-server`: started by itself, the Node is the one that was checked.
     */
    private static function entryOf(string $package): ?string
    {
        $manifest = is_file("{$package}/package.json") ? json_decode((string) file_get_contents("{$package}/package.json"), true) : null;
        $bin      = is_array($manifest) ? $manifest['bin'] ?? null : null;
        $bin      = is_array($bin) ? $bin[self::PACKAGE] ?? null : $bin;
        $file     = is_string($bin) ? realpath("{$package}/{$bin}") : false;

        return $file === false ? null : $file;
    }
}
