<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor;

/**
 * The reading end of a WebSocket, just enough of RFC 6455 to hear what a server says first.
 */
final class Socket
{
    private const TEXT  = 1;
    private const CLOSE = 8;

    /**
     * Longest frame that is read, bytes.
     */
    private const MAX_FRAME = 65_536;

    /**
     * @param resource $stream
     */
    public function __construct(private $stream)
    {
    }

    /**
     * The next message; a close as `{"type": "close", "code", "reason"}`; empty where nothing comes.
     *
     * @return array<array-key, mixed>
     */
    public function read(): array
    {
        while (true) {
            $head   = $this->take(2);
            $opcode = ord($head[0] ?? "\0") & 0x0F;
            $length = ord($head[1] ?? "\0") & 0x7F;

            if (strlen($head) < 2) {
                return [];
            }
            if ($length >= 126) {
                $bytes  = $this->take($length === 126 ? 2 : 8);
                $length = (int) hexdec(bin2hex($bytes));
            }
            if ($length > self::MAX_FRAME) {
                return [];
            }
            $payload = $this->take($length);

            if ($opcode === self::CLOSE) {
                return ['type' => 'close', 'code' => (int) hexdec(bin2hex(substr($payload, 0, 2))), 'reason' => substr($payload, 2)];
            }
            if ($opcode === self::TEXT) {
                $message = json_decode($payload, true);

                return is_array($message) ? $message : [];
            }
            // Control frames.
        }
    }

    public function close(): void
    {
        // Masked by zeros, as RFC 6455 §5.3 lets nobody forbid; 1000.
        @fwrite($this->stream, "\x88\x82\0\0\0\0\x03\xE8");
        fclose($this->stream);
    }

    private function take(int $length): string
    {
        $text = '';

        while (strlen($text) < $length) {
            $part = fread($this->stream, max(1, $length - strlen($text)));

            if ($part === false || $part === '') {
                return $text;
            }
            $text .= $part;
        }

        return $text;
    }
}
