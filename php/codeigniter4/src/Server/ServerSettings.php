<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Server;

use InvalidArgumentException;
use SensitiveParameterValue;
use WsElements\CodeIgniter\Config\WebSocket as WebSocketConfig;
use WsElements\CodeIgniter\Console\Failure;
use WsElements\CodeIgniter\View\ServerAddress;
use WsElements\Publisher\Http\ServerUrl;
use WsElements\Publisher\Token;

/**
 * What the Node server has to be told so that it fits the application.
 */
final readonly class ServerSettings
{
    private const LOOPBACK = '127.0.0.1';

    private SensitiveParameterValue $secret;
    private SensitiveParameterValue $apiKey;

    /**
     * @param int          $port        It listens on.
     * @param bool         $isProxied   Browsers reach it through a web server, and nobody directly.
     * @param string       $path        Of the address that browsers use: `/ws`.
     * @param string       $pageHost    Host name of the pages.
     * @param list<string> $origins     Pages that may connect; empty: those of the server's own host name.
     * @param string       $historyFile SQLite's.
     */
    private function __construct(
        public int $port,
        public bool $isProxied,
        public string $path,
        public string $pageHost,
        public bool $isSecure,
        public array $origins,
        public string $channel,
        public string $historyFile,
        string $secret,
        string $apiKey,
    ) {
        $this->secret = new SensitiveParameterValue($secret);
        $this->apiKey = new SensitiveParameterValue($apiKey);
    }

    /**
     * @param string $writable The application's `writable/`: the history must never lie below `public/`.
     *
     * @throws Failure A setting can be none.
     */
    public static function of(WebSocketConfig $config, string $baseUrl, string $writable): self
    {
        try {
            $api = ServerUrl::parse(trim($config->apiUrl));
        } catch (InvalidArgumentException $error) {
            throw new Failure('websocket.apiUrl: ' . preg_replace('/\Aurl: /', '', $error->getMessage()));
        }

        $address  = ServerAddress::of($config->url, $baseUrl);
        $parts    = parse_url($address->origin ?? '') ?: [];
        $isSecure = ($parts['scheme'] ?? 'ws') === 'wss';
        $port     = $parts['port'] ?? ($isSecure ? 443 : 80);
        $path     = str_starts_with($address->url, '/') ? $address->url : parse_url($address->url, PHP_URL_PATH);
        $page     = parse_url($baseUrl);

        return new self(
            $api->port,
            $isSecure || $port !== $api->port,
            is_string($path) && $path !== '' ? (string) preg_replace('/[?#].*\z/', '', $path) : '/',
            is_array($page) ? $page['host'] ?? 'localhost' : 'localhost',
            is_array($page) && ($page['scheme'] ?? '') === 'https',
            $config->origins,
            $config->channel,
            rtrim($writable, '/\\') . '/ws-elements.sqlite',
            rtrim($config->secret, "\r\n"),
            trim($config->apiKey),
        );
    }

    /**
     * For the server's environment, but the secrets.
     *
     * @return array<string, string>
     */
    public function environment(): array
    {
        return [
            'WS_PORT'            => (string) $this->port,
            'WS_DEFAULT_CHANNEL' => $this->channel,
            'WS_HISTORY'         => "sqlite:{$this->historyFile}",
            ...($this->origins === [] ? [] : ['WS_ORIGIN' => implode(',', $this->origins)]),
            // Only the web server before it, on this machine, may say whose address a connection has.
            ...($this->isProxied ? ['WS_HOST' => self::LOOPBACK, 'WS_TRUST_PROXY' => self::LOOPBACK] : []),
        ];
    }

    /**
     * For the server's environment. Never for a command line, which every user of a machine can read.
     *
     * @return array{WS_SECRET: string, WS_API_KEY: string}
     *
     * @throws Failure There are none, or weak ones.
     */
    public function secrets(): array
    {
        $secret = $this->secret->getValue();
        $apiKey = $this->apiKey->getValue();
        $secret = is_string($secret) ? $secret : '';
        $apiKey = is_string($apiKey) ? $apiKey : '';

        if (strlen($secret) < Token::MIN_SECRET) {
            throw new Failure(sprintf('websocket.secret: expected at least %d bytes, got %d. php spark ws:install makes one.', Token::MIN_SECRET, strlen($secret)));
        }
        if ($apiKey === '') {
            throw new Failure('websocket.apiKey: there is none, and without it PHP cannot publish. php spark ws:install makes one.');
        }

        return ['WS_SECRET' => $secret, 'WS_API_KEY' => $apiKey];
    }
}
