<?php

declare(strict_types=1);

use WsElements\CodeIgniter\Config\Services;
use WsElements\Publisher\Attributes;
use WsElements\Publisher\Html;

// Composer loads this file, so that views have these functions without asking for a helper.

if (! function_exists('ws_script')) {
    /**
     * The script's tag, for the head of a page. Tells elements where the server is and where tokens are; where the
     * Content-Security-Policy is on, carries its nonce and adds the server to `connect-src`.
     *
     * @param array<string, bool|int|string|null> $attributes Further ones, or others in the place of its own; null leaves one
     *                                                        out.
     */
    function ws_script(array $attributes = []): string
    {
        return Services::websocketscript()->render($attributes);
    }
}

if (! function_exists('ws_position')) {
    /**
     * Where a channel stands, for the `since` of an element: nothing falls between the page and its connection. Empty
     * where the server does not say. The server is asked once a request.
     *
     *     <ws-chat channel="lobby" since="<?= ws_position('lobby') ?>"></ws-chat>
     */
    function ws_position(string $channel): string
    {
        return Services::websocket()->position($channel);
    }
}

if (! function_exists('ws_text')) {
    /**
     * Somebody's text, safe as content and as a quoted attribute. Beside what `esc()` does, braces are written as
     * references: the framework fills in `{csp-script-nonce}` wherever it stands, also in what a user wrote.
     */
    function ws_text(mixed $text): string
    {
        return is_scalar($text) || $text instanceof Stringable ? Html::escape((string) $text) : '';
    }
}

if (! function_exists('ws_attributes')) {
    /**
     * Attributes of an element, escaped, each with a space before it. `true` is the bare name; `false`, null and an empty
     * `since` are left out.
     *
     *     <ws-chat<?= ws_attributes(['channel' => $channel, 'since' => ws_position($channel)]) ?>></ws-chat>
     *
     * @param array<string, bool|DateTimeInterface|float|int|string|Stringable|null> $attributes
     */
    function ws_attributes(array $attributes): string
    {
        if (($attributes['since'] ?? null) === '') {
            unset($attributes['since']);
        }

        return (string) new Attributes($attributes);
    }
}
