<?php

declare(strict_types=1);

namespace WsElements\Publisher;

use InvalidArgumentException;
use SensitiveParameter;
use SensitiveParameterValue;
use WsElements\Publisher\Circuit\CircuitBreaker;
use WsElements\Publisher\Circuit\FileCircuitStore;
use WsElements\Publisher\Exceptions\ReadFailed;
use WsElements\Publisher\Http\CurlTransport;
use WsElements\Publisher\Http\Request;
use WsElements\Publisher\Http\Response;
use WsElements\Publisher\Http\ServerUrl;
use WsElements\Publisher\Http\StreamTransport;
use WsElements\Publisher\Http\Transport;
use WsElements\Publisher\Http\Unreachable;

/**
 * Publishes by the server's HTTP API, in bounded time: half a second to connect, two in all, and nothing while the
 * server is known to be unreachable.
 */
final class HttpDriver implements Driver, Reader
{
    /**
     * Publications of one request.
     */
    private const MAX_BATCH = 1000;

    /**
     * Channels of one question.
     */
    private const MAX_CHANNELS = 128;

    private const BATCH_BEGIN = '{"batch":[';
    private const BATCH_END   = ']}';

    private readonly ?ServerUrl $server;
    private readonly SensitiveParameterValue $apiKey;
    private readonly ?string $problem;
    private readonly Transport $transport;
    private readonly CircuitBreaker $circuit;

    /**
     * Never throws: an address or a key that can be none is a failure of each publish, so that no page breaks by a
     * setting.
     *
     * @param string              $url       The server's HTTP side as this machine reaches it, such as `http://127.0.0.1:8081`.
     * @param string              $apiKey    The server's `WS_API_KEY`.
     * @param Transport|null      $transport Else by curl, or by streams where that is missing.
     * @param CircuitBreaker|null $circuit   Else one shared by all requests of this machine.
     * @param int                 $bodyLimit The server's `limits.body`, bytes.
     */
    public function __construct(
        #[SensitiveParameter]
        string $url,
        #[SensitiveParameter]
        string $apiKey,
        ?Transport $transport = null,
        ?CircuitBreaker $circuit = null,
        private readonly int $bodyLimit = 1_048_576,
    ) {
        $server  = null;
        $problem = null;

        try {
            $server = ServerUrl::parse(trim($url));
        } catch (InvalidArgumentException $error) {
            $problem = $error->getMessage();
        }
        // A key read from a file ends in a line feed.
        $apiKey = trim($apiKey);
        if ($apiKey === '') {
            $problem ??= 'apiKey: expected the server\'s API key (WS_API_KEY), got an empty text';
        } elseif (preg_match('/[\x00-\x1F\x7F]/', $apiKey) === 1) {
            $problem ??= 'apiKey: expected a text without control characters and line breaks';
        }
        $this->server    = $server;
        $this->problem   = $problem;
        $this->apiKey    = new SensitiveParameterValue($apiKey);
        $this->transport = $transport ?? (CurlTransport::isAvailable() ? new CurlTransport() : new StreamTransport());
        $this->circuit   = $circuit ?? new CircuitBreaker(FileCircuitStore::inTemporaryFolder((string) $server));
    }

    public function publish(array $publications): array
    {
        $results = [];

        foreach ($this->split($publications) as $chunk) {
            array_push($results, ...$this->publishChunk($chunk));
        }

        return $results;
    }

    public function positions(array $channels): array
    {
        $positions = [];

        foreach (array_chunk($channels, self::MAX_CHANNELS) as $some) {
            $answer = $this->read('/api/position?' . implode('&', array_map(
                static fn (string $channel): string => 'channel=' . rawurlencode($channel),
                $some,
            )));

            foreach (is_array($answer['positions'] ?? null) ? $answer['positions'] : [] as $channel => $text) {
                $position = is_string($text) ? Position::parse($text) : null;
                if ($position !== null) {
                    $positions[(string) $channel] = $position;
                }
            }
        }

        return $positions;
    }

    public function history(string $channel, int $limit = 100, ?int $before = null): History
    {
        $query  = ['channel' => $channel, 'limit' => $limit] + ($before === null ? [] : ['before' => $before]);
        $answer = $this->read('/api/history?' . http_build_query($query, '', '&', PHP_QUERY_RFC3986));

        $position     = $answer['position'] ?? null;
        $publications = [];

        foreach (is_array($answer['publications'] ?? null) ? $answer['publications'] : [] as $publication) {
            if (is_array($publication)) {
                $publications[] = $publication;
            }
        }

        return new History(
            $channel,
            is_string($position) ? Position::parse($position) : null,
            $publications,
            ($answer['more'] ?? false) === true,
        );
    }

    /**
     * As few requests as the server's limits allow.
     *
     * @param list<Publication> $publications
     *
     * @return iterable<non-empty-list<Publication>>
     */
    private function split(array $publications): iterable
    {
        $room  = $this->bodyLimit - strlen(self::BATCH_BEGIN . self::BATCH_END);
        $chunk = [];
        $bytes = 0;

        foreach ($publications as $publication) {
            // With its comma.
            $length = strlen($publication->json) + 1;
            if ($chunk !== [] && (count($chunk) === self::MAX_BATCH || $bytes + $length > $room)) {
                yield $chunk;

                $chunk = [];
                $bytes = 0;
            }
            $chunk[] = $publication;
            $bytes += $length;
        }
        if ($chunk !== []) {
            yield $chunk;
        }
    }

    /**
     * @param non-empty-list<Publication> $chunk
     *
     * @return non-empty-list<Result>
     */
    private function publishChunk(array $chunk): array
    {
        $jsons = array_map(static fn (Publication $each): string => $each->json, $chunk);
        $body  = count($jsons) === 1 ? $jsons[0] : self::BATCH_BEGIN . implode(',', $jsons) . self::BATCH_END;
        if (strlen($body) > $this->bodyLimit) {
            // Sent, it would be taken for a server that breaks off.
            return [Result::failed('too_large', "data: expected at most {$this->bodyLimit} bytes, got " . strlen($body), 'data')];
        }

        $answer = $this->ask('POST', '/api/publish', $body);
        if ($answer instanceof Result) {
            return array_map(static fn (): Result => $answer, $chunk);
        }
        if (count($jsons) === 1) {
            return [$this->toResult($answer)];
        }

        $results = is_array($answer['results'] ?? null) ? array_values($answer['results']) : [];

        return array_map(fn (int $index): Result => $this->toResult($results[$index] ?? null), array_keys($chunk));
    }

    /**
     * @return array<array-key, mixed>
     *
     * @throws ReadFailed
     */
    private function read(string $target): array
    {
        $answer = $this->ask('GET', $target);
        if ($answer instanceof Result) {
            throw new ReadFailed((string) $answer->code, (string) $answer->message);
        }

        return $answer;
    }

    /**
     * @return array<array-key, mixed>|Result The answer's object, or why there is none.
     */
    private function ask(string $method, string $target, string $body = ''): array|Result
    {
        if ($this->server === null || $this->problem !== null) {
            return Result::failed(Result::MISCONFIGURED, (string) $this->problem);
        }
        if (! $this->circuit->admits()) {
            return Result::failed(Result::CIRCUIT_OPEN, sprintf(
                '%s could not be reached a moment ago and is tried again in %.1f s',
                $this->server,
                $this->circuit->retryAfter(),
            ));
        }

        $apiKey  = $this->apiKey->getValue();
        $request = new Request($method, $this->server, $target, [
            'Authorization' => 'Bearer ' . (is_string($apiKey) ? $apiKey : ''),
            'Accept'        => 'application/json',
            ...($body === '' ? [] : ['Content-Type' => 'application/json']),
        ], $body);

        try {
            $response = $this->transport->send($request);
        } catch (Unreachable $error) {
            $this->circuit->failed();

            return Result::failed(Result::UNREACHABLE, "{$this->server}: {$error->getMessage()}; is the server running?");
        }

        return $this->readAnswer($response);
    }

    /**
     * @return array<array-key, mixed>|Result
     */
    private function readAnswer(Response $response): array|Result
    {
        $answer = Json::decode($response->body);
        $error  = self::errorOf($answer);
        // Said by a proxy in front of a server that it cannot reach; what the server itself says has a code.
        if ($error === null && in_array($response->status, [502, 503, 504], true)) {
            $this->circuit->failed();

            return Result::failed(Result::UNREACHABLE, "{$this->server}: a proxy answered {$response->status}; is the server running?");
        }

        $this->circuit->succeeded();
        if ($error !== null) {
            return $error;
        }
        if ($response->status !== 200 || $answer === null) {
            return Result::failed(
                Result::UNEXPECTED_ANSWER,
                "{$this->server} answered {$response->status}" . ($answer === null ? ' without JSON' : '') . ': expected a ws-elements server there',
            );
        }

        return $answer;
    }

    private function toResult(mixed $answer): Result
    {
        if (is_array($answer)) {
            ['channel' => $channel, 'epoch' => $epoch, 'offset' => $offset] = $answer + ['channel' => null, 'epoch' => null, 'offset' => null];
            if (is_string($channel) && is_string($epoch) && is_int($offset)) {
                return Result::published($channel, $epoch, $offset, ($answer['deduplicated'] ?? false) === true);
            }
            if (is_bool($answer['delivered'] ?? null)) {
                return Result::delivered($answer['delivered']);
            }
        }

        return self::errorOf($answer) ?? Result::failed(
            Result::UNEXPECTED_ANSWER,
            "{$this->server} answered with neither a position nor an error: expected a ws-elements server there",
        );
    }

    /**
     * `{"error": {"code", "message", "field"?}}`.
     */
    private static function errorOf(mixed $answer): ?Result
    {
        $error = is_array($answer) ? $answer['error'] ?? null : null;
        if (! is_array($error) || ! is_string($error['code'] ?? null) || ! is_string($error['message'] ?? null)) {
            return null;
        }

        $hint = match ($error['code']) {
            'unauthorized' => ': is this application\'s API key the server\'s WS_API_KEY?',
            'not_found'    => ': is this the address of a ws-elements server?',
            default        => '',
        };

        return Result::failed(
            $error['code'],
            Excerpt::line($error['message'] . $hint),
            is_string($error['field'] ?? null) ? $error['field'] : null,
        );
    }
}
