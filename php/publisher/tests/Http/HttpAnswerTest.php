<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Http;

use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use WsElements\Publisher\Http\HttpAnswer;

/**
 * @internal
 */
final class HttpAnswerTest extends TestCase
{
    #[DataProvider('provideReadsAsSoonAsItIsComplete')]
    public function testReadsAsSoonAsItIsComplete(string $text, int $status, string $body): void
    {
        $answer = HttpAnswer::parse($text, false);

        $this->assertSame([$status, $body], [$answer?->status, $answer?->body]);
        // And not a byte sooner.
        $this->assertNull(HttpAnswer::parse(substr($text, 0, -1), false));
    }

    /**
     * @return iterable<string, array{string, int, string}>
     */
    public static function provideReadsAsSoonAsItIsComplete(): iterable
    {
        yield 'a length' => ["HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", 200, '{}'];

        yield 'no reason phrase' => ["HTTP/1.1 404\r\nContent-Length:  2 \r\n\r\nno", 404, 'no'];

        yield 'nothing' => ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, ''];

        yield 'no content' => ["HTTP/1.1 204 No Content\r\n\r\n", 204, ''];

        yield 'chunks' => ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n", 200, 'abc0123456789'];

        yield 'an interim answer first' => ["HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1", 200, '1'];
    }

    public function testReadsToTheEndWithoutALength(): void
    {
        $text = "HTTP/1.0 200 OK\r\n\r\nuntil it ends";

        $this->assertNull(HttpAnswer::parse($text, false));
        $this->assertSame('until it ends', HttpAnswer::parse($text, true)?->body);
    }

    #[DataProvider('provideIsNoneOfAnythingElse')]
    public function testIsNoneOfAnythingElse(string $text): void
    {
        $this->assertNull(HttpAnswer::parse($text, true));
    }

    /**
     * @return iterable<string, array{string}>
     */
    public static function provideIsNoneOfAnythingElse(): iterable
    {
        yield 'nothing' => [''];

        yield 'another protocol' => ["SSH-2.0-OpenSSH\r\n\r\n"];

        yield 'a status of four digits' => ["HTTP/1.1 2000 OK\r\n\r\n"];

        yield 'a body that was broken off' => ["HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345"];

        yield 'chunks that were broken off' => ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"];

        yield 'chunks that are none' => ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab"];
    }
}
