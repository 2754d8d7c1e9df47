<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Support;

/**
 * Answers each connection with the same bytes, whatever it is asked, and tells what it was asked.
 */
final class CannedServer
{
    public readonly int $port;
    private readonly Process $process;

    /**
     * @param string      $answer      Bytes; without any the connection is closed.
     * @param string      $end         What follows it: `close`, `hang` (nothing, and the connection stays open), `drip` (a byte
     *                                 every now and then, for ever).
     * @param string|null $certificate File with a certificate and its key: encrypts.
     */
    public function __construct(string $answer, string $end = 'close', ?string $certificate = null)
    {
        $file = tempnam(sys_get_temp_dir(), 'ws-answer-');
        file_put_contents((string) $file, $answer);
        $this->process = new Process([PHP_BINARY, __DIR__ . '/canned-server.php', (string) $file, $end, (string) $certificate]);
        $this->port    = (int) $this->process->line();
        unlink((string) $file);
    }

    public function url(): string
    {
        return "http://127.0.0.1:{$this->port}";
    }

    /**
     * The next request that came, as it came. Waits for it.
     */
    public function request(): string
    {
        return (string) base64_decode($this->process->line(), true);
    }

    /**
     * Requests that came and were not taken yet; ends the server.
     *
     * @return list<string>
     */
    public function requests(): array
    {
        // Asked for its end behind all that was asked before.
        $socket = stream_socket_client("tcp://127.0.0.1:{$this->port}");
        if ($socket !== false) {
            fwrite($socket, "END\r\n\r\n");
        }

        return array_map(
            static fn (string $line): string => (string) base64_decode($line, true),
            array_values(array_filter(explode("\n", $this->process->rest()), static fn (string $line): bool => $line !== '')),
        );
    }
}
