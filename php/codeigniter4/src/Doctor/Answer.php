<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor;

/**
 * What came back for a request.
 */
final readonly class Answer
{
    /**
     * @param array<string, list<string>> $headers By their names in lower case.
     */
    public function __construct(public int $status, private array $headers, public string $body = '')
    {
    }

    /**
     * @param string $head Status line and headers.
     */
    public static function parse(string $head, string $body = ''): ?self
    {
        $lines = explode("\r\n", str_replace("\n", "\r\n", str_replace("\r\n", "\n", $head)));

        if (preg_match('~\AHTTP/\d(?:\.\d)? (\d{3})~', $lines[0], $status) !== 1) {
            return null;
        }
        $headers = [];

        foreach (array_slice($lines, 1) as $line) {
            [$name, $value]                     = [...explode(':', $line, 2), ''];
            $headers[strtolower(trim($name))][] = trim($value);
        }

        return new self((int) $status[1], $headers, $body);
    }

    /**
     * The first of that name.
     */
    public function header(string $name): ?string
    {
        return $this->all($name)[0] ?? null;
    }

    /**
     * @return list<string>
     */
    public function all(string $name): array
    {
        return $this->headers[$name] ?? [];
    }

    /**
     * What the body says as a JSON object; empty if it is none.
     *
     * @return array<array-key, mixed>
     */
    public function json(): array
    {
        $json = json_decode($this->body, true);

        return is_array($json) ? $json : [];
    }
}
