<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Doctor;

use WsElements\CodeIgniter\Doctor\Answer;
use WsElements\CodeIgniter\Doctor\NoAnswer;
use WsElements\CodeIgniter\Doctor\Probe;
use WsElements\CodeIgniter\Doctor\Socket;

/**
 * Answers what a test says.
 *
 * @internal
 */
final class ScriptedProbe extends Probe
{
    /**
     * @var list<string>
     */
    public array $asked = [];

    /**
     * Of the last request.
     *
     * @var array<string, string>
     */
    public array $headers = [];

    /**
     * @param array<string, Answer> $answers By the end of the address, without its query.
     * @param list<string>          $frames  Of the socket; without any there is none.
     */
    public function __construct(private readonly array $answers, private readonly array $frames = [])
    {
        parent::__construct();
    }

    public function get(string $url, array $headers = []): Answer
    {
        $this->asked[] = $url;
        $this->headers = $headers;

        foreach ($this->answers as $end => $answer) {
            if (str_ends_with(explode('?', $url)[0], $end)) {
                return $answer;
            }
        }

        throw new NoAnswer('Connection refused');
    }

    public function upgrade(string $url, array $headers = []): array
    {
        $answer = $this->get($url, $headers);

        return [$answer, $answer->status === 101 ? new Socket($this->stream()) : null];
    }

    /**
     * @return resource
     */
    private function stream()
    {
        $stream = fopen('php://memory', 'w+b');
        assert(is_resource($stream));
        fwrite($stream, implode('', $this->frames));
        rewind($stream);

        return $stream;
    }
}
