<?php

declare(strict_types=1);

namespace WsElements\Publisher\Http;

use SensitiveParameter;

/**
 * A request to a server's HTTP side.
 */
final readonly class Request
{
    /**
     * @param string                $target  Path below the server's, with its query.
     * @param array<string, string> $headers Checked: no value has a line break.
     */
    public function __construct(
        public string $method,
        public ServerUrl $server,
        public string $target,
        #[SensitiveParameter]
        public array $headers,
        public string $body = '',
    ) {
    }

    public function url(): string
    {
        return $this->server . $this->target;
    }

    /**
     * @return list<string>
     */
    public function headerLines(): array
    {
        $lines = [];

        foreach ($this->headers as $name => $value) {
            $lines[] = "{$name}: {$value}";
        }

        return $lines;
    }
}
