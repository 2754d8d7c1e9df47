<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Support;

use RuntimeException;

/**
 * The least of a WebSocket client (RFC 6455): opens, and reads text frames as they come.
 */
final class PlainClient
{
    /**
     * Of its `welcome`.
     */
    public readonly string $clientId;

    /**
     * @var resource
     */
    private $socket;

    /**
     * @param bool $asElements Speaks what elements speak, instead of the documentation's.
     */
    public function __construct(int $port, string $token, bool $asElements = false)
    {
        $socket = stream_socket_client("tcp://127.0.0.1:{$port}", timeout: 5);
        if ($socket === false) {
            throw new RuntimeException('no connection');
        }
        stream_set_timeout($socket, 5);
        $this->socket = $socket;
        fwrite($socket, implode("\r\n", [
            'GET /?token=' . rawurlencode($token) . ($asElements ? '&protocol=1' : '') . ' HTTP/1.1',
            "Host: 127.0.0.1:{$port}",
            'Upgrade: websocket',
            'Connection: Upgrade',
            'Sec-WebSocket-Version: 13',
            'Sec-WebSocket-Key: ' . base64_encode(random_bytes(16)),
            '',
            '',
        ]));

        while (! in_array(fgets($socket), ["\r\n", false], true)) {
            // The answer's head.
        }

        $welcome        = $this->frame();
        $this->clientId = is_string($welcome['clientId'] ?? null) ? $welcome['clientId'] : throw new RuntimeException('no welcome: ' . json_encode($welcome));
    }

    /**
     * @return array<array-key, mixed> The next frame; a close frame as its code and reason.
     */
    public function frame(): array
    {
        $head   = $this->take(2);
        $opcode = ord($head[0]) & 0x0F;
        $length = ord($head[1]) & 0x7F;
        if ($length >= 126) {
            $length = (int) hexdec(bin2hex($this->take($length === 126 ? 2 : 8)));
        }
        $payload = $this->take($length);
        if ($opcode === 8) {
            return ['close' => hexdec(bin2hex(substr($payload, 0, 2))), 'reason' => substr($payload, 2)];
        }
        $frame = json_decode($payload, true, flags: JSON_THROW_ON_ERROR);

        return is_array($frame) ? $frame : throw new RuntimeException("no object: {$payload}");
    }

    /**
     * @param array<string, mixed> $frame Of at most 125 bytes, as JSON.
     */
    public function send(array $frame): void
    {
        $json = json_encode($frame, JSON_THROW_ON_ERROR);
        $mask = random_bytes(4);
        fwrite($this->socket, chr(0x81) . chr(0x80 | strlen($json)) . $mask . ($json ^ str_pad('', strlen($json), $mask)));
    }

    private function take(int $length): string
    {
        $taken = '';

        while (strlen($taken) < $length) {
            $part = fread($this->socket, max(1, $length - strlen($taken)));
            if ($part === false || $part === '') {
                throw new RuntimeException('nothing more came');
            }
            $taken .= $part;
        }

        return $taken;
    }
}
