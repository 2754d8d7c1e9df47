<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Support;

/**
 * What pages of the documentation show, so that it is what is tested.
 */
final class Documentation
{
    public const PAGE   = __DIR__ . '/../../../../docs/php.md';
    public const README = __DIR__ . '/../../README.md';

    /**
     * @param string $heading  All of the page where it is empty.
     * @param string $language Of the fence.
     *
     * @return list<string> The examples below a heading.
     */
    public static function examples(string $page, string $heading = '', string $language = 'php'): array
    {
        $text = (string) file_get_contents($page);
        if ($heading !== '') {
            $text = explode("\n## ", explode("\n## {$heading}\n", $text, 2)[1] ?? '')[0];
        }
        preg_match_all('/^```' . $language . '\n(.*?)^```$/ms', $text, $fences);

        return $fences[1];
    }
}
