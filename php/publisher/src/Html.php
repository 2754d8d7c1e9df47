<?php

declare(strict_types=1);

namespace WsElements\Publisher;

/**
 * Makes text safe as an element's content and as a quoted attribute's value.
 */
final class Html
{
    /**
     * Beside markup's own characters: braces, because frameworks look for placeholders in what is sent (CodeIgniter fills in
     * `{csp-script-nonce}` wherever it stands), and back ticks, which old browsers took for quotes.
     */
    private const REFERENCES = ['{' => '&#123;', '}' => '&#125;', '`' => '&#96;'];

    /**
     * Bytes that are no UTF-8, and control characters that HTML forbids, become U+FFFD.
     */
    public static function escape(string $text): string
    {
        $text = htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE | ENT_HTML5, 'UTF-8');
        $text = (string) preg_replace('/[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x{9F}\x{FDD0}-\x{FDEF}\x{FFFE}\x{FFFF}]/u', "\u{FFFD}", $text);

        return strtr($text, self::REFERENCES);
    }
}
