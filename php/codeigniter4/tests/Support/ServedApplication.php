<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support;

use RuntimeException;

/**
 * The application as a browser meets it: served, with cookies.
 *
 * @internal
 */
final class ServedApplication
{
    /**
     * ms
     */
    private const LONGEST_START = 10_000;

    /**
     * @var resource
     */
    private $process;

    /**
     * @var array<string, string>
     */
    private array $cookies = [];

    private readonly string $url;

    /**
     * @param array<string, string> $settings As in `.env`.
     */
    public function __construct(array $settings = [])
    {
        $port      = self::freePort();
        $this->url = "http://127.0.0.1:{$port}/";
        $process   = proc_open(
            [PHP_BINARY, '-S', "127.0.0.1:{$port}", '-t', FCPATH, __DIR__ . '/serve.php'],
            [['file', '/dev/null', 'r'], ['file', '/dev/null', 'w'], ['file', WRITEPATH . 'served.log', 'w']],
            $pipes,
            HOMEPATH,
            [
                'PATH'                => (string) getenv('PATH'),
                'WS_TEST_APPLICATION' => rtrim(HOMEPATH, '/'),
                'CI_ENVIRONMENT'      => 'production',
                'app.baseURL'         => $this->url,
                'app.indexPage'       => '',
                'websocket.driver'    => 'null',
                ...$settings,
            ],
        );

        if (! is_resource($process)) {
            throw new RuntimeException('PHP\'s own server cannot be started');
        }
        $this->process = $process;
        $this->awaitStart($port);
    }

    public function stop(): void
    {
        proc_terminate($this->process);
        proc_close($this->process);
    }

    /**
     * Asks as the same browser does, without following where it is sent.
     *
     * @return array{status: int, headers: array<string, list<string>>, body: string}
     */
    public function get(string $path): array
    {
        $cookies = [];

        foreach ($this->cookies as $name => $value) {
            $cookies[] = "{$name}={$value}";
        }
        $context = stream_context_create(['http' => [
            'ignore_errors'   => true,
            'follow_location' => 0,
            'timeout'         => 10,
            'header'          => $cookies === [] ? '' : 'Cookie: ' . implode('; ', $cookies),
        ]]);
        $body    = (string) file_get_contents($this->url . $path, false, $context);
        $status  = 0;
        $headers = [];

        foreach ($http_response_header as $line) {
            if (preg_match('~\AHTTP/\S+ (\d+)~', $line, $parts) === 1) {
                $status = (int) $parts[1];

                continue;
            }
            [$name, $value]               = explode(':', $line, 2) + ['', ''];
            $headers[strtolower($name)][] = trim($value);
        }

        foreach ($headers['set-cookie'] ?? [] as $cookie) {
            [$name, $value]       = explode('=', explode(';', $cookie)[0], 2) + ['', ''];
            $this->cookies[$name] = $value;
        }

        return ['status' => $status, 'headers' => $headers, 'body' => $body];
    }

    public function cookie(string $name): ?string
    {
        return $this->cookies[$name] ?? null;
    }

    /**
     * Another browser.
     */
    public function forgetCookies(): void
    {
        $this->cookies = [];
    }

    private static function freePort(): int
    {
        $socket = stream_socket_server('tcp://127.0.0.1:0');

        if ($socket === false) {
            throw new RuntimeException('No port is free');
        }
        $port = (int) substr((string) strrchr((string) stream_socket_get_name($socket, false), ':'), 1);
        fclose($socket);

        return $port;
    }

    private function awaitStart(int $port): void
    {
        $until = hrtime(true) + self::LONGEST_START * 1_000_000;

        do {
            $socket = @stream_socket_client("tcp://127.0.0.1:{$port}", $code, $message, 1);

            if ($socket !== false) {
                fclose($socket);

                return;
            }
            usleep(5_000);
        } while (hrtime(true) < $until);

        $this->stop();

        throw new RuntimeException('PHP\'s own server did not start: ' . file_get_contents(WRITEPATH . 'served.log'));
    }
}
