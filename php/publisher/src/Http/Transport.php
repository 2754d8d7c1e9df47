<?php

declare(strict_types=1);

namespace WsElements\Publisher\Http;

/**
 * Sends a request and waits for the answer, in bounded time. Redirects are answers like others.
 */
interface Transport
{
    /**
     * Seconds to connect, the encryption's handshake included.
     */
    public const CONNECT_TIMEOUT = 0.5;

    /**
     * Seconds in all.
     */
    public const TIMEOUT = 2.0;

    /**
     * Longest answer, in bytes: a hundred publications of the largest size there is by default, and some.
     */
    public const MAX_ANSWER = 8 * 1024 * 1024;

    /**
     * @throws Unreachable
     */
    public function send(Request $request): Response;
}
