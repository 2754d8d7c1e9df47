<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor\Checks;

use WsElements\CodeIgniter\Console\Application;
use WsElements\CodeIgniter\Doctor\Check;
use WsElements\CodeIgniter\Doctor\Finding;
use WsElements\CodeIgniter\Doctor\Subject;

/**
 * Whether browsers connect to that address from these pages: mixed content, and origins.
 */
final class AddressCheck implements Check
{
    public function check(Subject $subject): iterable
    {
        yield $this->scheme($subject);

        yield from $this->origins($subject);
    }

    private function scheme(Subject $subject): Finding
    {
        $socket = $subject->socketUrl();
        $isPage = str_starts_with($subject->pageOrigin, 'https:');
        $isWss  = preg_match('~\Awss://~i', $socket) === 1;

        return match (true) {
            $subject->pageOrigin === ''                            => Finding::failure('mixedContent', "app.baseURL is no address: \"{$subject->baseUrl}\".", 'Set app.baseURL in .env to that of the pages, as https://shop.example/.'),
            $subject->address->origin === null                     => Finding::failure('mixedContent', 'websocket.url is no address of a WebSocket.', 'Expected ws://…, wss://…, or a path such as /ws.'),
            $isPage && ! $isWss && ! Application::isLocal($socket) => Finding::failure('mixedContent', "Pages are https: and connect to {$socket}: browsers refuse that.", 'websocket.url = /ws in .env, and let the web server, which has the certificate, pass it on: php spark ws:deploy nginx.'),
            ! $isPage && $isWss                                    => Finding::warning('mixedContent', "Pages are http: by app.baseURL, and connect to {$socket}.", 'If they are https:, say so in app.baseURL; else use ws:.'),
            default                                                => Finding::good('mixedContent', "{$subject->pageOrigin} to {$socket}"),
        };
    }

    /**
     * @return iterable<Finding>
     */
    private function origins(Subject $subject): iterable
    {
        $list = array_values($subject->config->origins);

        foreach ($list as $origin) {
            if ($origin !== 'null' && Subject::origin($origin) !== strtolower($origin)) {
                yield Finding::failure('origins', "websocket.origins has \"{$origin}\", which no page's origin equals.", 'An origin is scheme, host and port where it is not the usual one, and no path: https://shop.example.');
            }
        }

        $scheme = (string) parse_url($subject->pageOrigin, PHP_URL_SCHEME);
        $port   = parse_url($subject->pageOrigin, PHP_URL_PORT);
        $pages  = [$subject->pageOrigin, ...array_map(static fn (string $host): string => "{$scheme}://" . strtolower($host) . (is_int($port) ? ":{$port}" : ''), $subject->hosts)];

        if ($list !== []) {
            $missing = array_diff(array_unique($pages), array_map(strtolower(...), $list));

            yield $missing === []
                ? Finding::good('origins', implode(', ', $list))
                : Finding::failure('origins', 'Not in websocket.origins: ' . implode(', ', $missing) . '. Pages there may not connect.', 'Add it: websocket.origins = ' . implode(',', [...$list, ...$missing]) . ' in .env, and start the server again.');

            return;
        }

        $server  = Subject::host($subject->socketUrl());
        $strange = array_values(array_filter(array_unique($pages), static fn (string $page): bool => Subject::host($page) !== $server));

        yield $strange === []
            ? Finding::good('origins', "none listed: pages of {$server}")
            : Finding::failure('origins', "Without a list, pages of the server's own host name ({$server}) may connect, and those of " . implode(', ', $strange) . ' may not.', 'websocket.origins = ' . implode(',', array_unique($pages)) . ' in .env, and start the server again.');
    }
}
