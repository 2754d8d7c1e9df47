<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Config;

use CodeIgniter\Config\BaseConfig;
use WsElements\CodeIgniter\Authorizers\Authorizer;
use WsElements\CodeIgniter\Authorizers\DenyAll;
use WsElements\CodeIgniter\Identity\IdentityProvider;

/**
 * Settings of ws-elements. An application changes them in its `.env` (`websocket.url = …`), or in a class of its own,
 * `Config\WebSocket`, that extends this one; `php spark ws:install` writes both.
 */
class WebSocket extends BaseConfig
{
    /**
     * Where browsers find the server: `ws://` or `wss://`, or a path of the page's own host (`/ws`). Empty: the host of
     * `App::$baseURL`, on port 8081 where that is `http:`, behind the path `/ws` where it is `https:`.
     *
     * `websocket.url`
     */
    public string $url = '';

    /**
     * Where PHP finds the server's HTTP API. Never through the public address: it would leave the machine and come back.
     *
     * `websocket.apiUrl`
     */
    public string $apiUrl = 'http://127.0.0.1:8081';

    /**
     * Signs tokens; the server has the same. At least 32 bytes. Belongs into `.env`, never into a class.
     *
     * `websocket.secret`, or the server's own name for it, `WS_SECRET`
     */
    public string $secret = '';

    /**
     * Lets PHP publish; the server has the same. Belongs into `.env`, never into a class.
     *
     * `websocket.apiKey`, or the server's own name for it, `WS_API_KEY`
     */
    public string $apiKey = '';

    /**
     * How publications leave: `http` (at once), `queue` (by a job of codeigniter4/queue), `log` (into the log only) or
     * `null` (nowhere).
     *
     * `websocket.driver`
     */
    public string $driver = 'http';

    /**
     * The queue of the driver `queue`.
     *
     * `websocket.queue`
     */
    public string $queue = 'websocket';

    /**
     * Where requests tell each other that the server is away, so that not each of them waits for it: `file` (in
     * `writable/`) or `cache` (the application's cache; several machines then share it).
     *
     * `websocket.circuit`
     */
    public string $circuit = 'file';

    /**
     * How long a token holds, s. The page fetches another before it ends.
     *
     * `websocket.tokenLifetime`
     */
    public int $tokenLifetime = 600;

    /**
     * Visitors who are not signed in get a token too, as a guest. What they may do is the authorizer's to say.
     *
     * `websocket.allowGuests`
     */
    public bool $allowGuests = false;

    /**
     * Says what a user may read, write and send. By default nothing but what everyone may: read the own user channel
     * and `broadcast`. `php spark ws:make:authorizer` writes one.
     *
     * `websocket.authorizer`
     *
     * @var class-string<Authorizer>
     */
    public string $authorizer = DenyAll::class;

    /**
     * Says who the user is. Empty: Shield where it is installed, else the session.
     *
     * `websocket.identity`
     *
     * @var ''|class-string<IdentityProvider>
     */
    public string $identity = '';

    /**
     * Where the session has the user's id. Dots lead into arrays: `user.id`.
     *
     * `websocket.sessionUserId`
     */
    public string $sessionUserId = 'user_id';

    /**
     * Where the session has the name that others see. Dots lead into arrays.
     *
     * `websocket.sessionUserName`
     */
    public string $sessionUserName = 'user_name';

    /**
     * The channel of a chat that names none, and of clients that speak the plain protocol.
     *
     * `websocket.channel`
     */
    public string $channel = 'lobby';

    /**
     * Pages that may connect, as `https://shop.example`, for `ws:serve` and `ws:deploy`. Empty: those of the server's
     * own host name.
     *
     * `websocket.origins`, several with commas between
     *
     * @var list<string>
     */
    public array $origins = [];

    /**
     * The script: a path under `public/`, where `php spark ws:install` puts it, or an address of your own.
     *
     * `websocket.script`
     */
    public string $script = 'assets/ws-elements.js';

    /**
     * The server's command, for `ws:serve` and `ws:deploy`: a path, or one below the application. Empty: as npm installed it
     * there (`npm install ws-elements-server`), else by npx.
     *
     * `websocket.server`
     */
    public string $server = '';

    /**
     * Whether the package adds its routes. An application's own routes of the same paths go before them in any case.
     *
     * `websocket.routes`
     */
    public bool $routes = true;

    /**
     * How many messages the chat cell renders, and notifications the bell's, at most 100.
     *
     * `websocket.rendered`
     */
    public int $rendered = 30;

    /**
     * The table of notifications. Another name where an application has one of that name for something else.
     *
     * `websocket.notificationsTable`
     */
    public string $notificationsTable = 'notifications';

    /**
     * Views, each to be replaced by one of the application's own: `'chat' => 'websocket/chat'` is
     * `app/Views/websocket/chat.php`.
     *
     * @var array<string, string>
     */
    public array $views = [
        'client'        => '\WsElements\CodeIgniter\Views\client',
        'chat'          => '\WsElements\CodeIgniter\Views\chat',
        'notifications' => '\WsElements\CodeIgniter\Views\notifications',
        'status'        => '\WsElements\CodeIgniter\Views\status',
    ];

    public function __construct()
    {
        parent::__construct();

        // One .env may serve both: what starts the server can hardly set a variable with a dot in its name.
        $this->secret = $this->secret ?: self::environment('WS_SECRET');
        $this->apiKey = $this->apiKey ?: self::environment('WS_API_KEY');

        // The framework fills only lists that are as long already.
        $origins       = self::environment('websocket.origins') ?: self::environment('websocket_origins');
        $this->origins = $origins === '' ? $this->origins : array_values(array_filter(array_map(trim(...), explode(',', $origins))));
    }

    private static function environment(string $name): string
    {
        $value = env($name, '');

        return is_string($value) ? $value : '';
    }
}
