<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Install;

use WsElements\CodeIgniter\Config\WebSocket as WebSocketConfig;
use WsElements\CodeIgniter\Console\Failure;

/**
 * The application's own `Config\WebSocket`, for what is no secret and the same everywhere.
 */
final class ConfigClass
{
    private const TEXT = <<<'PHP'
        <?php

        declare(strict_types=1);

        namespace Config;

        use WsElements\CodeIgniter\Config\WebSocket as WebSocketDefaults;

        /**
         * Settings of ws-elements that are the same on every machine. What differs stands in `.env`, as
         * `websocket.url = wss://shop.example/ws`, and so do the secret and the API key, which never belong here.
         */
        class WebSocket extends WebSocketDefaults
        {
            // public string $authorizer = \App\Authorizers\ChannelAuthorizer::class;

            // public string $channel = 'lobby';

            // public array $origins = ['https://shop.example'];
        }

        PHP;

    /**
     * @throws Failure
     */
    public static function install(string $file): Step
    {
        if (is_file($file)) {
            $text = (string) @file_get_contents($file);

            return str_contains($text, 'WsElements\CodeIgniter\Config\WebSocket')
                ? Step::kept($file)
                : Step::toDo("{$file}: it does not extend " . WebSocketConfig::class . ', so that nothing in it counts for this package. Let it, or give it another name.');
        }
        if (@file_put_contents($file, self::TEXT) === false) {
            throw new Failure("{$file}: cannot be written. Run this as the user that " . dirname($file) . ' belongs to.');
        }

        return Step::made($file);
    }
}
