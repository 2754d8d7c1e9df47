<?php

declare(strict_types=1);

namespace WsElements\Publisher;

/**
 * What became of one publication.
 */
final readonly class Result
{
    /**
     * The server could not be reached, or did not answer in time.
     */
    public const UNREACHABLE = 'unreachable';

    /**
     * The server could not be reached a moment ago, and was not tried again.
     */
    public const CIRCUIT_OPEN = 'circuit_open';

    /**
     * What answered is no ws-elements server, or something before it: a redirect, an error page.
     */
    public const UNEXPECTED_ANSWER = 'unexpected_answer';

    /**
     * The address or the API key can be none.
     */
    public const MISCONFIGURED = 'misconfigured';

    /**
     * The publication itself is wrong; the server's code too.
     */
    public const INVALID_REQUEST = 'invalid_request';

    /**
     * @param bool        $ok           It is published, or on its way (a batch, a queue).
     * @param string|null $channel      Where it stands; null to one client, and where no server answered.
     * @param bool        $deduplicated Its idempotency key was known: the first's position, and nothing was published.
     * @param bool|null   $delivered    To one client: whether it was there.
     * @param string|null $code         Why not: the server's error code, or one of the constants above.
     * @param string|null $message      Why not, for developers.
     * @param string|null $field        Which field is to blame, where it is one.
     */
    private function __construct(
        public bool $ok,
        public ?string $channel = null,
        public ?string $epoch = null,
        public ?int $offset = null,
        public bool $deduplicated = false,
        public ?bool $delivered = null,
        public ?string $code = null,
        public ?string $message = null,
        public ?string $field = null,
    ) {
    }

    public static function published(string $channel, string $epoch, int $offset, bool $deduplicated = false): self
    {
        return new self(true, $channel, $epoch, $offset, $deduplicated);
    }

    public static function delivered(bool $delivered): self
    {
        return new self(true, delivered: $delivered);
    }

    /**
     * Taken on without an answer: part of a batch, in a queue, written to a log.
     */
    public static function accepted(): self
    {
        return new self(true);
    }

    public static function failed(string $code, string $message, ?string $field = null): self
    {
        return new self(false, code: $code, message: $message, field: $field);
    }

    /**
     * Where the publication stands on its channel.
     */
    public function position(): ?Position
    {
        return $this->epoch === null || $this->offset === null ? null : new Position($this->epoch, $this->offset);
    }
}
