<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Support;

use WsElements\Publisher\Http\Request;
use WsElements\Publisher\Http\Response;
use WsElements\Publisher\Http\Transport;
use WsElements\Publisher\Http\Unreachable;

/**
 * Answers from a list, and keeps what it was asked. The last answer is given from then on.
 */
final class FakeTransport implements Transport
{
    /**
     * @var list<Request>
     */
    public array $requests = [];

    /**
     * @var list<Response|Unreachable>
     */
    private array $answers;

    public function __construct(Response|Unreachable ...$answers)
    {
        $this->answers = array_values($answers);
    }

    /**
     * A server that answers so.
     */
    public static function answering(int $status, mixed $body): self
    {
        return new self(new Response($status, is_string($body) ? $body : (string) json_encode($body)));
    }

    /**
     * No server.
     */
    public static function dead(): self
    {
        return new self(new Unreachable('connection refused'));
    }

    public function send(Request $request): Response
    {
        $answer           = $this->answers[count($this->requests)] ?? $this->answers[count($this->answers) - 1];
        $this->requests[] = $request;

        return $answer instanceof Response ? $answer : throw $answer;
    }
}
