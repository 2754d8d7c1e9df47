<?php

declare(strict_types=1);

namespace WsElements\Publisher\Http;

/**
 * Reads an HTTP/1 answer (RFC 9112). Pure.
 *
 * @internal
 */
final class HttpAnswer
{
    /**
     * @param string $text    What has come so far.
     * @param bool   $isWhole Whether the connection has ended: nothing more comes.
     *
     * @return Response|null Null where it is not complete, or no HTTP.
     */
    public static function parse(string $text, bool $isWhole): ?Response
    {
        $parts = explode("\r\n\r\n", $text, 2);
        if (count($parts) < 2 || preg_match('~\AHTTP/1\.[01] (\d{3})(?: |\r|\z)~', $parts[0], $status) !== 1) {
            return null;
        }

        [$head, $rest] = $parts;
        $code          = (int) $status[1];
        if ($code < 200) {
            // Interim: the answer itself follows.
            return self::parse($rest, $isWhole);
        }
        if ($code === 204 || $code === 304) {
            return new Response($code, '');
        }
        if (preg_match('/^transfer-encoding:[^\r\n]*\bchunked\s*$/im', $head) === 1) {
            $body = self::joinChunks($rest);
        } elseif (preg_match('/^content-length:[ \t]*(\d{1,10})[ \t]*\r?$/im', $head, $length) === 1) {
            $body = strlen($rest) >= (int) $length[1] ? substr($rest, 0, (int) $length[1]) : null;
        } else {
            $body = $isWhole ? $rest : null;
        }

        return $body === null ? null : new Response($code, $body);
    }

    /**
     * RFC 9112 §7.1.
     */
    private static function joinChunks(string $text): ?string
    {
        $body = '';
        $at   = 0;

        while (preg_match('/\G([0-9A-Fa-f]{1,7})[^\r\n]*\r\n/', $text, $size, 0, $at) === 1) {
            $length = (int) hexdec($size[1]);
            if ($length === 0) {
                return $body;
            }
            $at += strlen($size[0]);
            if (strlen($text) < $at + $length + 2) {
                return null;
            }
            $body .= substr($text, $at, $length);
            $at += $length + 2;
        }

        return null;
    }
}
