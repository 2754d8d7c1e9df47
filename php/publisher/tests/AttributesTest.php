<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests;

use DateTimeImmutable;
use DOMDocument;
use DOMXPath;
use InvalidArgumentException;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use Stringable;
use WsElements\Publisher\Attributes;
use WsElements\Publisher\Html;
use WsElements\Publisher\Position;
use WsElements\Publisher\RecipientKind;

/**
 * @internal
 */
final class AttributesTest extends TestCase
{
    public function testWritesAttributes(): void
    {
        $attributes = new Attributes([
            'channel'   => 'lobby',
            'since'     => new Position('e', 7),
            'no-toasts' => true,
            'typing'    => false,
            'label'     => null,
            'limit'     => 50,
            'ratio'     => 0.1,
            'name'      => '',
            'at'        => new DateTimeImmutable('2024-01-01T13:00:00+01:00'),
            'kind'      => RecipientKind::User,
            'written'   => new class ('2024-01-01T13:00:00+01:00') extends DateTimeImmutable implements Stringable {
                public function __toString(): string
                {
                    return $this->format('Y-m-d H:i:s');
                }
            },
        ]);

        $this->assertSame(
            ' channel="lobby" since="e:7" no-toasts limit="50" ratio="0.1" name="" at="2024-01-01T12:00:00.000Z" kind="user" written="2024-01-01T12:00:00.000Z"',
            (string) $attributes,
        );
        $this->assertSame('', (string) new Attributes([]));
    }

    #[DataProvider('providePayloads')]
    public function testTextStaysTextInAnAttribute(string $payload, string $text): void
    {
        $html     = '<ws-chat' . new Attributes(['channel' => $payload, 'label' => 'after']) . '></ws-chat>';
        $document = new DOMDocument();
        $document->loadHTML("<?xml encoding=\"UTF-8\"><body>{$html}</body>", LIBXML_NOERROR | LIBXML_NOWARNING);
        $element = $document->getElementsByTagName('ws-chat')->item(0);

        $this->assertNotNull($element);
        $this->assertSame($text, $element->getAttribute('channel'));
        $this->assertSame('after', $element->getAttribute('label'));
        $this->assertSame(2.0, (new DOMXPath($document))->evaluate('count(@*)', $element));
        $this->assertSame(1, $document->getElementsByTagName('body')->item(0)?->childNodes->length);
    }

    #[DataProvider('providePayloads')]
    public function testTextStaysTextAsContent(string $payload, string $text): void
    {
        $document = new DOMDocument();
        $document->loadHTML('<?xml encoding="UTF-8"><body><p>' . Html::escape($payload) . '</p></body>', LIBXML_NOERROR | LIBXML_NOWARNING);
        $element = $document->getElementsByTagName('p')->item(0);

        $this->assertSame($text, $element?->textContent);
        $this->assertSame(1, $element->childNodes->length);
    }

    #[DataProvider('providePayloads')]
    public function testNothingIsLeftThatSomebodyLooksFor(string $payload): void
    {
        $this->assertDoesNotMatchRegularExpression('/[<>"\'`{}]/', Html::escape($payload));
    }

    /**
     * What a malicious user puts into every field.
     *
     * @return iterable<string, array{string, string}>
     */
    public static function providePayloads(): iterable
    {
        yield 'a quote' => ['"><script>alert(1)</script>', '"><script>alert(1)</script>'];

        yield 'another quote' => ["' onmouseover='alert(1)", "' onmouseover='alert(1)"];

        yield 'a back tick' => ['`onmouseover=alert(1)', '`onmouseover=alert(1)'];

        yield 'references' => ['&quot;&#34;&amp;', '&quot;&#34;&amp;'];

        yield 'the end of a comment' => ['--><img src=x onerror=alert(1)>', '--><img src=x onerror=alert(1)>'];

        yield 'the end of a script' => ['</script><svg/onload=alert(1)>', '</script><svg/onload=alert(1)>'];

        yield 'a placeholder of CodeIgniter' => ['{csp-script-nonce}', '{csp-script-nonce}'];

        yield 'braces of a template' => ['{{ constructor.constructor("alert(1)")() }}', '{{ constructor.constructor("alert(1)")() }}'];

        yield 'lines' => ["a\nb\tc", "a\nb\tc"];

        yield 'text in other letters' => ['Ана 👋', 'Ана 👋'];
    }

    #[DataProvider('provideWhatHtmlForbidsIsReplaced')]
    public function testWhatHtmlForbidsIsReplaced(string $text, string $escaped): void
    {
        $this->assertSame($escaped, Html::escape($text));
    }

    /**
     * @return iterable<string, array{string, string}>
     */
    public static function provideWhatHtmlForbidsIsReplaced(): iterable
    {
        yield 'NUL' => ["a\0b", "a\u{FFFD}b"];

        yield 'escape' => ["\x1B[31m", "\u{FFFD}[31m"];

        yield 'C1' => ["a\u{85}b", "a\u{FFFD}b"];

        yield 'a byte that is no UTF-8' => ["a\xFF\"b", "a\u{FFFD}&quot;b"];

        yield 'the beginning of a character' => ["\xC3\"", "\u{FFFD}&quot;"];

        yield 'a slash in too many bytes' => ["\xC0\xAF", "\u{FFFD}\u{FFFD}"];

        yield 'half a pair' => ["\xED\xA0\x80", "\u{FFFD}"];
    }

    #[DataProvider('provideRefusesNames')]
    public function testRefusesNames(string $name): void
    {
        $this->expectException(InvalidArgumentException::class);
        new Attributes([$name => 'x']);
    }

    /**
     * @return iterable<array{string}>
     */
    public static function provideRefusesNames(): iterable
    {
        yield [''];

        yield ['a b'];

        yield ['a"'];

        yield ['a>'];

        yield ['a=b'];

        yield ["a\n"];

        yield ["a\0"];

        yield ['a/'];

        yield ['@click'];

        yield ['x-on:click'];

        yield ['Channel'];

        yield ['1a'];

        yield ['é'];

        yield ['onclick'];

        yield ['onanything'];

        yield ['style'];

        yield ['srcdoc'];
    }

    #[DataProvider('provideRefusesValues')]
    public function testRefusesValues(mixed $value): void
    {
        $this->expectException(InvalidArgumentException::class);
        // @phpstan-ignore argument.type (as a view may have it)
        new Attributes(['label' => $value]);
    }

    /**
     * @return iterable<array{mixed}>
     */
    public static function provideRefusesValues(): iterable
    {
        yield [[]];

        yield [INF];

        yield [(object) []];
    }
}
