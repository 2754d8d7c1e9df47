<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Http;

use OpenSSLAsymmetricKey;
use OpenSSLCertificate;
use OpenSSLCertificateSigningRequest;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use WsElements\Publisher\Http\CurlTransport;
use WsElements\Publisher\Http\Request;
use WsElements\Publisher\Http\ServerUrl;
use WsElements\Publisher\Http\StreamTransport;
use WsElements\Publisher\Http\Transport;
use WsElements\Publisher\Http\Unreachable;
use WsElements\Publisher\Tests\Support\CannedServer;

/**
 * What both have in common, against real sockets.
 *
 * @internal
 */
final class TransportTest extends TestCase
{
    private const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private static function post(string $url, string $body = '{"channel":"lobby"}'): Request
    {
        return new Request('POST', ServerUrl::parse($url), '/api/publish', ['Authorization' => 'Bearer key', 'Content-Type' => 'application/json'], $body);
    }

    private function failure(Transport $transport, Request $request): string
    {
        try {
            $transport->send($request);
        } catch (Unreachable $error) {
            $this->assertStringNotContainsString('Bearer', $error->getMessage());

            return $error->getMessage();
        }
        $this->fail('it was answered');
    }

    /**
     * @param class-string<CurlTransport|StreamTransport> $class
     */
    #[DataProvider('provideTransports')]
    public function testSendsTheRequest(string $class): void
    {
        $server   = new CannedServer(self::OK);
        $response = (new $class())->send(self::post($server->url() . '/ws'));

        $this->assertSame([200, '{}'], [$response->status, $response->body]);
        [$head, $body] = explode("\r\n\r\n", $server->request());
        $lines         = explode("\r\n", $head);
        $this->assertSame('POST /ws/api/publish HTTP/1.1', $lines[0]);
        $this->assertContains("Host: 127.0.0.1:{$server->port}", $lines);
        $this->assertContains('Authorization: Bearer key', $lines);
        $this->assertContains('Content-Type: application/json', $lines);
        $this->assertContains('Content-Length: 19', $lines);
        $this->assertDoesNotMatchRegularExpression('/^Expect:/im', $head);
        $this->assertSame('{"channel":"lobby"}', $body);
    }

    /**
     * @param class-string<CurlTransport|StreamTransport> $class
     */
    #[DataProvider('provideTransports')]
    public function testSendsALargeBodyWhole(string $class): void
    {
        $server = new CannedServer(self::OK);
        $body   = str_repeat('0123456789abcdef', 65_536);
        (new $class())->send(self::post($server->url(), $body));

        $this->assertSame(md5($body), md5(explode("\r\n\r\n", $server->request())[1]));
    }

    /**
     * @param class-string<CurlTransport|StreamTransport> $class
     */
    #[DataProvider('provideTransports')]
    public function testReadsChunks(string $class): void
    {
        $server = new CannedServer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n");

        $this->assertSame('{"a":1}', (new $class())->send(self::post($server->url()))->body);
    }

    /**
     * @param class-string<CurlTransport|StreamTransport> $class
     */
    #[DataProvider('provideTransports')]
    public function testFollowsNoRedirect(string $class): void
    {
        $elsewhere = new CannedServer(self::OK);
        $server    = new CannedServer("HTTP/1.1 307 Temporary Redirect\r\nLocation: {$elsewhere->url()}/\r\nContent-Length: 0\r\n\r\n");

        $this->assertSame(307, (new $class())->send(self::post($server->url()))->status);
        $this->assertSame([], $elsewhere->requests());
    }

    /**
     * @param class-string<CurlTransport|StreamTransport> $class
     */
    #[DataProvider('provideTransports')]
    public function testTellsThatNobodyListens(string $class): void
    {
        $this->assertMatchesRegularExpression('/refused|connect/i', $this->failure(new $class(), self::post('http://127.0.0.1:1')));
    }

    /**
     * @param class-string<CurlTransport|StreamTransport> $class
     */
    #[DataProvider('provideTransports')]
    public function testWaitsForNoAnswerForLong(string $class): void
    {
        $server = new CannedServer('', end: 'hang');

        $this->assertSame('no answer within 0.2 s', $this->failure(new $class(timeout: 0.2), self::post($server->url())));
    }

    /**
     * @param class-string<CurlTransport|StreamTransport> $class
     */
    #[DataProvider('provideTransports')]
    public function testWaitsForNoRestOfAnAnswerForLong(string $class): void
    {
        $server = new CannedServer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", end: 'hang');

        $this->assertSame('no answer within 0.2 s', $this->failure(new $class(timeout: 0.2), self::post($server->url())));
    }

    /**
     * @param class-string<CurlTransport|StreamTransport> $class
     */
    #[DataProvider('provideTransports')]
    public function testWaitsForNoAnswerThatNeverEnds(string $class): void
    {
        $server = new CannedServer("HTTP/1.1 200 OK\r\n\r\n", end: 'drip');

        $this->assertSame('no answer within 0.2 s', $this->failure(new $class(timeout: 0.2), self::post($server->url())));
    }

    /**
     * @param class-string<CurlTransport|StreamTransport> $class
     */
    #[DataProvider('provideTransports')]
    public function testReadsAnAnswerBehindWhichTheConnectionStays(string $class): void
    {
        $server = new CannedServer(self::OK, end: 'hang');

        $this->assertSame('{}', (new $class())->send(self::post($server->url()))->body);
    }

    /**
     * @param class-string<CurlTransport|StreamTransport> $class
     */
    #[DataProvider('provideTransports')]
    public function testWaitsForNoConnectionForLong(string $class): void
    {
        if (PHP_OS_FAMILY !== 'Linux') {
            $this->markTestSkipped('Only Linux lets connections wait where the queue of those who are not accepted is full.');
        }

        $server = stream_socket_server('tcp://127.0.0.1:0', context: stream_context_create(['socket' => ['backlog' => 0]]));
        $this->assertNotFalse($server);
        $name    = (string) stream_socket_get_name($server, false);
        $waiting = [];

        // The queue takes one more than it is told, and what is beyond it is not answered.
        for ($number = 0; $number < 3; $number++) {
            $waiting[] = stream_socket_client("tcp://{$name}", timeout: 1, flags: STREAM_CLIENT_CONNECT | STREAM_CLIENT_ASYNC_CONNECT);
        }

        // The bound that is promised.
        $this->assertSame('no connection within 0.5 s', $this->failure(new $class(), self::post("http://{$name}")));
        $this->assertCount(3, $waiting);
    }

    /**
     * @param class-string<CurlTransport|StreamTransport> $class
     */
    #[DataProvider('provideTransports')]
    public function testAnAnswerThatIsNoneIsNone(string $class): void
    {
        foreach (['', "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", "SSH-2.0-OpenSSH_9\r\n"] as $answer) {
            $this->assertNotSame('', $this->failure(new $class(), self::post((new CannedServer($answer))->url())));
        }
    }

    /**
     * @param class-string<CurlTransport|StreamTransport> $class
     */
    #[DataProvider('provideTransports')]
    public function testReadsNoEndlessAnswer(string $class): void
    {
        $server = new CannedServer("HTTP/1.1 200 OK\r\n\r\n" . str_repeat('a', Transport::MAX_ANSWER + 1));

        $this->assertSame('an answer of more than 8388608 bytes', $this->failure(new $class(), self::post($server->url())));
    }

    /**
     * @param class-string<CurlTransport|StreamTransport> $class
     */
    #[DataProvider('provideTransports')]
    public function testAsksNoProxyForThisMachine(string $class): void
    {
        $server  = new CannedServer(self::OK);
        $restore = [];

        foreach (['http_proxy', 'all_proxy'] as $name) {
            $restore[$name] = getenv($name);
            putenv("{$name}=http://127.0.0.1:1");
        }

        try {
            $this->assertSame(200, (new $class())->send(self::post($server->url()))->status);
        } finally {
            foreach ($restore as $name => $value) {
                putenv($value === false ? $name : "{$name}={$value}");
            }
        }
    }

    /**
     * @param class-string<CurlTransport|StreamTransport> $class
     */
    #[DataProvider('provideTransports')]
    public function testTrustsOnlyCertificatesThatSomebodyVouchesFor(string $class): void
    {
        $file    = $this->makeCertificate('localhost');
        $server  = new CannedServer(self::OK, certificate: $file);
        $trusted = new $class(caFile: $file);

        try {
            $this->assertMatchesRegularExpression('/certificate|SSL/i', $this->failure(new $class(), self::post("https://localhost:{$server->port}")));
            $this->assertMatchesRegularExpression('/certificate|SSL|name/i', $this->failure($trusted, self::post("https://127.0.0.1:{$server->port}")));
            $this->assertSame('{}', $trusted->send(self::post("https://localhost:{$server->port}"))->body);
        } finally {
            unlink($file);
        }
    }

    /**
     * @param class-string<CurlTransport|StreamTransport> $class
     */
    #[DataProvider('provideTransports')]
    public function testIsUsableAgainAfterAFailure(string $class): void
    {
        $transport = new $class(timeout: 0.5);
        $this->failure($transport, self::post((new CannedServer(''))->url()));
        $server = new CannedServer(self::OK);

        $this->assertSame(200, $transport->send(self::post($server->url()))->status);
        $this->assertSame(200, $transport->send(self::post($server->url()))->status);
    }

    /**
     * @return iterable<string, array{class-string<CurlTransport|StreamTransport>}>
     */
    public static function provideTransports(): iterable
    {
        yield 'curl' => [CurlTransport::class];

        yield 'streams' => [StreamTransport::class];
    }

    public function testCurlSendsNoBodyBehindAGetThatFollowsAPost(): void
    {
        $server    = new CannedServer(self::OK);
        $transport = new CurlTransport();
        $transport->send(self::post($server->url()));
        $transport->send(new Request('GET', ServerUrl::parse($server->url()), '/api/position?channel=a', []));
        $server->request();

        $request = $server->request();
        $this->assertStringStartsWith("GET /api/position?channel=a HTTP/1.1\r\n", $request);
        $this->assertDoesNotMatchRegularExpression('/^content-/im', $request);
    }

    /**
     * A file with a certificate for a name, signed by itself, and its key.
     */
    private function makeCertificate(string $name): string
    {
        $config = (string) tempnam(sys_get_temp_dir(), 'ws-config-');
        file_put_contents($config, "[req]\ndistinguished_name=dn\n[dn]\n[san]\nsubjectAltName=DNS:{$name}\nbasicConstraints=CA:TRUE\n");
        $options = ['config' => $config, 'x509_extensions' => 'san', 'digest_alg' => 'sha256', 'private_key_bits' => 2048, 'private_key_type' => OPENSSL_KEYTYPE_EC, 'curve_name' => 'prime256v1'];
        $key     = openssl_pkey_new($options);
        $this->assertInstanceOf(OpenSSLAsymmetricKey::class, $key);
        // Takes the key by reference.
        $same    = $key;
        $request = openssl_csr_new(['commonName' => $name], $same, $options);
        $this->assertInstanceOf(OpenSSLCertificateSigningRequest::class, $request);
        $certificate = openssl_csr_sign($request, null, $key, 2, $options);
        $this->assertInstanceOf(OpenSSLCertificate::class, $certificate);
        openssl_x509_export($certificate, $certificateText);
        openssl_pkey_export($key, $keyText, null, $options);
        $this->assertIsString($certificateText);
        $this->assertIsString($keyText);
        unlink($config);
        $file = (string) tempnam(sys_get_temp_dir(), 'ws-certificate-');
        file_put_contents($file, $certificateText . $keyText);

        return $file;
    }
}
