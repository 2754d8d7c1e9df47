<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support;

use CodeIgniter\Config\Services;
use CodeIgniter\HTTP\Response;
use Config\App;
use DOMDocument;
use DOMElement;
use DOMXPath;
use RuntimeException;

/**
 * HTML as a browser gets it, and reads it.
 *
 * @internal
 */
final class Html
{
    public static function withoutIndentation(string $html): string
    {
        return (string) preg_replace('/>\s+</', '><', trim($html));
    }

    /**
     * What is left of HTML behind the framework, which fills in placeholders of the policy.
     */
    public static function sent(string $html): string
    {
        config(App::class)->CSPEnabled = true;
        Services::resetSingle('csp');
        Services::resetSingle('response');
        $response = Services::response();

        if (! $response instanceof Response) {
            throw new RuntimeException('Expected a response of the framework');
        }
        $response->setBody($html);
        $response->getCSP()->finalize($response);

        return (string) $response->getBody();
    }

    /**
     * How many of each there are.
     *
     * @return array<string, int>
     */
    public static function elements(string $html): array
    {
        return array_count_values(array_map(static fn (DOMElement $each): string => $each->tagName, self::find($html, '*')));
    }

    /**
     * @return list<string>
     */
    public static function texts(string $html, string $tag): array
    {
        return array_map(static fn (DOMElement $each): string => $each->textContent, self::find($html, $tag));
    }

    public static function first(string $html, string $tag): DOMElement
    {
        return self::find($html, $tag)[0] ?? throw new RuntimeException("Expected <{$tag}> in {$html}");
    }

    /**
     * Names.
     *
     * @return list<string>
     */
    public static function attributes(DOMElement $element): array
    {
        $names = [];

        foreach ($element->attributes as $attribute) {
            $names[] = (string) $attribute->nodeName;
        }

        return $names;
    }

    /**
     * A text as readers get it: what is no text, by U+FFFD.
     */
    public static function readable(string $text): string
    {
        $readable = htmlspecialchars_decode(htmlspecialchars($text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8'), ENT_QUOTES);

        return (string) preg_replace('/[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]/', "\u{FFFD}", $readable);
    }

    /**
     * @return list<DOMElement>
     */
    private static function find(string $html, string $tag): array
    {
        $document = new DOMDocument();
        $before   = libxml_use_internal_errors(true);
        $document->loadHTML('<?xml encoding="UTF-8"><div id="here">' . $html . '</div>');
        libxml_use_internal_errors($before);
        $found = [];

        foreach ((new DOMXPath($document))->query("//div[@id='here']//{$tag}") ?: [] as $node) {
            if ($node instanceof DOMElement) {
                $found[] = $node;
            }
        }

        return $found;
    }
}
