<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Deploy;

use WsElements\CodeIgniter\Console\Failure;
use WsElements\CodeIgniter\Server\ServerSettings;

/**
 * What configurations are filled in with. Everything in it is checked once, here: none of it can end a line, a quoted text
 * or a block of any of the formats.
 */
final readonly class Deployment
{
    /**
     * @param string                $host            Of the pages.
     * @param bool                  $isSecure        Pages are `https:`.
     * @param string                $path            Of the socket: `/ws`.
     * @param string                $root            The application's folder.
     * @param string                $public          Its `public/`.
     * @param string                $writable        Its `writable/`.
     * @param string                $user            That the server runs as.
     * @param list<string>          $command         How it is started, absolute.
     * @param string                $environmentFile With the secrets.
     * @param array<string, string> $environment     Without them.
     */
    public function __construct(
        public string $host,
        public bool $isSecure,
        public string $path,
        public int $port,
        public string $root,
        public string $public,
        public string $writable,
        public string $user,
        public array $command,
        public string $environmentFile,
        public array $environment,
    ) {
        $plain = [
            'app.baseURL, its host'         => [$host, '/\A(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])\z/'],
            'websocket.url, its path'       => [$path, '~\A/[A-Za-z0-9_./-]*\z~'],
            '--user'                        => [$user, '/\A[a-z_][a-z0-9_-]*\z/'],
            '--env-file'                    => [$environmentFile, '~\A/[A-Za-z0-9_./@+-]+\z~'],
            'the folder of the application' => ["{$root} {$public} {$writable}", '/\A[^"\'`\\\\$%{}#;\x00-\x1F\x7F]+\z/'],
            'the server\'s command'         => [implode(' ', $command), '/\A[^"\'`\\\\$%{}#;\x00-\x1F\x7F]*\z/'],
            'websocket.origins and channel' => [implode(' ', $environment), '~\A[A-Za-z0-9_.:@/,\[\] -]*\z~'],
        ];

        foreach ($plain as $what => [$value, $pattern]) {
            if (preg_match($pattern, $value) !== 1) {
                throw new Failure("{$what}: expected one without signs that mean something in a configuration, got \"{$value}\"");
            }
        }
    }

    /**
     * A name for files and processes of this application.
     */
    public function name(): string
    {
        return 'ws-elements-' . trim((string) preg_replace('/[^A-Za-z0-9.]+/', '-', $this->host), '-.');
    }

    /**
     * Where browsers find the server behind the web server.
     */
    public function url(): string
    {
        return ($this->isSecure ? 'wss' : 'ws') . "://{$this->host}{$this->path}";
    }

    /**
     * Settings of the server, which web servers reach on this machine only.
     *
     * @return array<string, string>
     */
    public static function environmentOf(ServerSettings $settings): array
    {
        return [...$settings->environment(), 'WS_HOST' => '127.0.0.1', 'WS_TRUST_PROXY' => '127.0.0.1'];
    }
}
