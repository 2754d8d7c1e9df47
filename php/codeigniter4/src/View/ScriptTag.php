<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\View;

use CodeIgniter\HTTP\ContentSecurityPolicy;
use WsElements\CodeIgniter\Config\WebSocket as WebSocketConfig;
use WsElements\CodeIgniter\WebSocket;
use WsElements\Publisher\Attributes;

/**
 * The tag that brings the elements into a page, and tells them where the connection is.
 */
final class ScriptTag
{
    public function __construct(
        private readonly WebSocketConfig $config,
        private readonly ContentSecurityPolicy $csp,
        private readonly WebSocket $webSocket,
    ) {
    }

    /**
     * @param array<string, bool|int|string|null> $attributes Further ones, or others in the place of what is said here; null
     *                                                        leaves one out: `['data-token-url' => null]` asks for no token.
     */
    public function render(array $attributes = []): string
    {
        $address    = ServerAddress::of($this->config->url, base_url());
        $script     = PublishedScript::of($this->config->script);
        $attributes = [
            'src'            => $script->url,
            'integrity'      => $script->integrity,
            'crossorigin'    => $script->integrity !== null && $script->isElsewhere ? 'anonymous' : null,
            'data-url'       => $address->url,
            'data-token-url' => self::tokenPath(),
            'data-since'     => PageCache::isOn() ? null : ($this->webSocket->position('broadcast') ?: null),
            'defer'          => true,
            ...$attributes,
        ];

        if ($this->csp->enabled()) {
            $policy = new Policy($this->csp);
            $policy->letConnect($address->origin);

            // Filled in anew each time that the page is sent.
            if (PageCache::isOn() && ! isset($attributes['nonce']) && $policy->placeholder() !== null) {
                return '<script' . new Attributes($attributes) . " {$policy->placeholder()}></script>";
            }
            $attributes['nonce'] ??= $policy->nonce();
        }

        return '<script' . new Attributes($attributes) . '></script>';
    }

    /**
     * Without a host: a page is often reached by more names than the one that is configured.
     */
    private static function tokenPath(): string
    {
        $path = parse_url(site_url('websocket/token'), PHP_URL_PATH);

        return is_string($path) ? $path : '/websocket/token';
    }
}
