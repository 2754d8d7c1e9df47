<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Install;

/**
 * The text of a `.env`, to which settings are added. What is there stays as it is, to the byte: order, comments, line
 * endings. Read as the framework's `DotEnv` reads it.
 */
final readonly class EnvFile
{
    public function __construct(public string $text)
    {
    }

    /**
     * What is set, without quotes; null where it is not, or by a comment only. Of several the first that is not empty, as
     * the framework has it.
     */
    public function get(string $name): ?string
    {
        $found = null;

        foreach ($this->assignments($name) as [$value]) {
            $found ??= $value;
            $found = $found === '' ? $value : $found;
        }

        return $found;
    }

    /**
     * Names of everything that is set.
     *
     * @return list<string>
     */
    public function names(): array
    {
        $names = [];

        foreach (preg_split('/\r\n|\n|\r/', $this->text) ?: [] as $line) {
            $assignment = self::parse($line);
            $names      = $assignment === null ? $names : [...$names, $assignment[0]];
        }

        return array_values(array_unique($names));
    }

    /**
     * Adds settings: where one stands empty in that place, the others at the end under a heading.
     *
     * @param array<string, string> $settings Values without spaces and quotes, by name.
     * @param list<string>          $comment  Lines over them.
     */
    public function with(array $settings, string $heading, array $comment = []): self
    {
        $text = $this->text;
        $new  = [];

        foreach ($settings as $name => $value) {
            $empty = null;

            foreach ((new self($text))->assignments($name) as $assignment) {
                if ($assignment[0] === '') {
                    $empty ??= $assignment;
                }
            }

            if ($empty === null) {
                $new[] = "{$name} = {$value}";
            } else {
                [, $offset, $line] = $empty;
                $text              = substr_replace($text, substr($line, 0, (int) strpos($line, '=')) . "= {$value}", $offset, strlen($line));
            }
        }

        if ($new === []) {
            return new self($text);
        }

        $end   = str_contains($text, "\r\n") ? "\r\n" : "\n";
        $rule  = '#' . str_repeat('-', 68);
        $lines = [$rule, "# {$heading}", $rule, '', ...array_map(static fn (string $line): string => "# {$line}", $comment), ...$new, ''];

        // Directly behind a last line that has no end, the first of ours would be part of it.
        $gap = match (true) {
            $text === ''               => '',
            str_ends_with($text, "\n") => $end,
            default                    => $end . $end,
        };

        return new self($text . $gap . implode($end, $lines));
    }

    /**
     * @return list<array{string, int, string}> Value, and the line with its offset.
     */
    private function assignments(string $name): array
    {
        $found = [];

        preg_match_all('/[^\r\n]+/', $this->text, $lines, PREG_OFFSET_CAPTURE);

        foreach ($lines[0] as [$line, $offset]) {
            $assignment = self::parse($line);

            if ($assignment !== null && $assignment[0] === $name) {
                $found[] = [$assignment[1], $offset, $line];
            }
        }

        return $found;
    }

    /**
     * @return array{string, string}|null Name and value.
     */
    private static function parse(string $line): ?array
    {
        if (str_starts_with(trim($line), '#') || ! str_contains($line, '=')) {
            return null;
        }

        [$name, $value] = array_map(trim(...), explode('=', $line, 2));
        $name           = str_replace(["'", '"'], '', (string) preg_replace('/\Aexport[ \t]+(\S+)/', '$1', $name));

        if (preg_match('/\A(["\'])(.*?)(?<!\\\\)\1/', $value, $quoted) === 1) {
            $value = $quoted[2];
        } else {
            $value = trim(explode(' #', $value, 2)[0]);
        }

        return [$name, $value];
    }
}
