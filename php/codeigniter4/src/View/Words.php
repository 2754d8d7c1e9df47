<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\View;

/**
 * The package's words in the application's language: `app/Language/de/WebSocket.php` goes before them.
 */
final class Words
{
    public static function of(string $line, string ...$arguments): string
    {
        $text = lang("WebSocket.{$line}", $arguments);

        return is_string($text) ? $text : $line;
    }
}
