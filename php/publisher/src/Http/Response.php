<?php

declare(strict_types=1);

namespace WsElements\Publisher\Http;

/**
 * What a server answered.
 */
final readonly class Response
{
    public function __construct(public int $status, public string $body)
    {
    }
}
