<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor\Checks;

use InvalidArgumentException;
use WsElements\CodeIgniter\Doctor\Answer;
use WsElements\CodeIgniter\Doctor\Check;
use WsElements\CodeIgniter\Doctor\Finding;
use WsElements\CodeIgniter\Doctor\NoAnswer;
use WsElements\CodeIgniter\Doctor\Socket;
use WsElements\CodeIgniter\Doctor\Subject;
use WsElements\Publisher\Circuit\CircuitBreaker;
use WsElements\Publisher\Circuit\MemoryCircuitStore;
use WsElements\Publisher\HttpDriver;
use WsElements\Publisher\Publisher;
use WsElements\Publisher\Token;

/**
 * Connects as a page would, by the address and the origin that pages have, with a token of this application, and publishes
 * to itself: the whole way, and nothing of it stays anywhere.
 */
final class SocketCheck implements Check
{
    private const USER = 'ws-doctor';

    /**
     * s
     */
    private const LIFETIME = 60;

    private const PROXY = 'Let the web server pass the socket on: php spark ws:deploy nginx (or apache, caddy) prints how.';

    public function check(Subject $subject): iterable
    {
        $opened               = self::open($subject);
        $socket               = $opened instanceof Socket ? $opened : null;
        [$clientId, $finding] = $opened instanceof Socket ? self::greet($opened) : [null, $opened];

        yield $finding;

        // A client that nobody is: the server says so, if it takes the key.
        $result = (new Publisher(new HttpDriver($subject->config->apiUrl, $subject->config->apiKey, circuit: new CircuitBreaker(new MemoryCircuitStore()))))
            ->client($clientId ?? self::USER)
            ->send('doctor_check');

        yield match (true) {
            ! $result->ok => Finding::failure('publish', "PHP cannot publish ({$result->code}): {$result->message}", in_array($result->code, ['unauthorized', 'api_disabled'], true)
                ? 'The server was started with another API key, or without one. Start it by php spark ws:serve, which hands over this application\'s.'
                : 'See "server": php spark ws:serve starts it.'),
            $clientId === null || $socket === null               => Finding::good('publish', 'the server takes what PHP publishes'),
            ($socket->read()['type'] ?? null) === 'doctor_check' => Finding::good('publish', 'from PHP to a socket and back'),
            default                                              => Finding::failure('publish', "What PHP publishes at {$subject->config->apiUrl} does not reach {$subject->socketUrl()}.", 'They are two servers: let websocket.apiUrl and websocket.url lead to the same one.'),
        };
        $socket?->close();
    }

    private static function open(Subject $subject): Finding|Socket
    {
        $url   = $subject->socketUrl();
        $token = '';

        try {
            $token = (new Token($subject->config->secret))->issue(self::USER, lifetime: self::LIFETIME);
        } catch (InvalidArgumentException) {
            // "secret" says it.
        }

        try {
            [$answer, $socket] = $subject->probe->upgrade(
                $url . (str_contains($url, '?') ? '&' : '?') . "protocol=1&token={$token}",
                ['Origin' => $subject->pageOrigin],
            );
        } catch (NoAnswer $failure) {
            return Finding::failure('upgrade', "{$url}, where pages connect, does not answer from here: {$failure->getMessage()}", 'Is the server running, and does no firewall keep the port? If pages go through a web server: websocket.url = /ws in .env. ' . self::PROXY);
        }

        return $socket ?? self::problem($answer, $url);
    }

    /**
     * What it means where a server answers anything but 101.
     */
    private static function problem(Answer $answer, string $url): Finding
    {
        $status = $answer->status;
        $to     = (string) preg_replace('/[?].*\z/s', '', $answer->header('location') ?? '');

        [$what, $cure] = match (true) {
            $status >= 300 && $status < 400          => ["redirected to {$to}, which no browser follows", 'Name the last address in websocket.url, and leave the path out of the redirect. ' . self::PROXY],
            $status === 200                          => ['answered by a page of the application', self::PROXY],
            $status === 404                          => ['not known to what answers', self::PROXY],
            in_array($status, [400, 426], true)      => ['reached by a server that saw no upgrade', 'The web server drops the headers Upgrade and Connection. ' . self::PROXY],
            in_array($status, [401, 403], true)      => ['refused before the server is reached', 'A password, a firewall or a filter stands before it: leave the path out of that.'],
            in_array($status, [502, 503, 504], true) => ['passed on by a web server to nothing', 'php spark ws:serve starts the server. Is its port the one that the web server passes to?'],
            default                                  => ['answered by something else', self::PROXY],
        };

        return Finding::failure('upgrade', "{$url} is {$what}: {$status} instead of 101.", $cure);
    }

    /**
     * Hears whether the server lets it in.
     *
     * @return array{string|null, Finding}
     */
    private static function greet(Socket $socket): array
    {
        $first    = $socket->read();
        $clientId = $first['clientId'] ?? null;
        $code     = is_int($first['code'] ?? null) ? $first['code'] : 0;

        if (($first['type'] ?? null) === 'welcome' && is_string($clientId)) {
            return [$clientId, Finding::good('upgrade', '101, and let in with a token of this application')];
        }

        return [null, match (true) {
            ($first['type'] ?? null) !== 'close' => Finding::failure('upgrade', 'The socket opens, and no welcome comes.', 'Something else than a ws-elements server answers there, or a web server holds back what it sends.'),
            $code === 1008                       => Finding::failure('upgrade', 'The server refuses this application\'s tokens (1008).', 'It was started with another secret. Start it by php spark ws:serve, which hands over this application\'s.'),
            $code === 4501                       => Finding::failure('upgrade', 'The server lets no page of this application connect: its origin is not on the server\'s list (4501).', 'Name it in websocket.origins (.env: websocket.origins = https://shop.example), and start the server again.'),
            default                              => Finding::failure('upgrade', "The server closes the socket at once ({$code}).", 'Its log says why.'),
        }];
    }
}
