<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor\Checks;

use WsElements\CodeIgniter\Doctor\Check;
use WsElements\CodeIgniter\Doctor\Finding;
use WsElements\CodeIgniter\Doctor\NoAnswer;
use WsElements\CodeIgniter\Doctor\Subject;

/**
 * Whether a ws-elements server listens where PHP publishes, and what its clock says.
 */
final class ServerCheck implements Check
{
    /**
     * s. Tokens say when they end; a server that is further ahead lets nobody in for long.
     */
    private const MAX_SKEW = 30;

    /**
     * @param int|null $now Seconds since 1970; else this moment.
     */
    public function __construct(private readonly ?int $now = null)
    {
    }

    public function check(Subject $subject): iterable
    {
        $url = rtrim($subject->config->apiUrl, '/');

        try {
            $answer = $subject->probe->get("{$url}/healthz");
        } catch (NoAnswer $failure) {
            yield Finding::failure('server', "Nothing answers at {$url}: {$failure->getMessage()}", 'php spark ws:serve starts the server. If it runs elsewhere, say where: websocket.apiUrl in .env.');

            return;
        }

        $status = $answer->json()['status'] ?? null;

        if (! is_string($status)) {
            yield Finding::failure('server', "Something else has the port of {$url}: it answered {$answer->status} to /healthz.", 'Stop it, or let the server take another port: websocket.apiUrl = http://127.0.0.1:8082 in .env, and php spark ws:serve.');

            return;
        }

        yield $answer->status === 200
            ? Finding::good('server', "runs at {$url}")
            : Finding::failure('server', "The server at {$url} is about to end.", 'Start it again: php spark ws:serve.');

        $date = strtotime($answer->header('date') ?? '');

        if ($date === false) {
            yield Finding::unknown('clock', 'The server tells no time.', 'Let what stands before it pass on its header Date.');

            return;
        }
        $skew = $date - ($this->now ?? time());

        yield abs($skew) <= self::MAX_SKEW
            ? Finding::good('clock', 'the same')
            : Finding::failure('clock', sprintf('The server\'s clock is %d s %s this machine\'s: tokens end too %s.', abs($skew), $skew > 0 ? 'ahead of' : 'behind', $skew > 0 ? 'early' : 'late'), 'Let both machines take the time from the network: timedatectl set-ntp true.');
    }
}
