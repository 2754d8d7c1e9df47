<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Console;

/**
 * What a command was called with. The framework takes the word behind any option for its value, `--json` included, and
 * knows no `--name=value`; here flags have none, and both ways of writing a value count.
 */
final readonly class Input
{
    /**
     * @param list<string>          $arguments
     * @param array<string, string> $values    Of options that have one.
     * @param list<string>          $flags     That were given.
     */
    private function __construct(
        public array $arguments,
        private array $values,
        private array $flags,
    ) {
    }

    /**
     * @param array<int|string, mixed> $params As the framework hands them over.
     * @param list<string>             $values Options that take a value.
     * @param list<string>             $flags  Options that take none.
     * @param int                      $atMost Arguments.
     *
     * @throws UsageError
     */
    public static function parse(array $params, array $values, array $flags, int $atMost = 0): self
    {
        $arguments  = [];
        $given      = [];
        $givenFlags = [];

        foreach ($params as $key => $value) {
            $text = is_scalar($value) ? (string) $value : null;

            if (is_int($key)) {
                $arguments[] = (string) $text;

                continue;
            }

            [$name, $inline] = [...explode('=', $key, 2), null];

            // What stands behind an option that has its value, or takes none, is an argument.
            if (in_array($name, $flags, true)) {
                if ($inline !== null) {
                    throw new UsageError("--{$name} takes no value, got \"{$inline}\"");
                }
                $givenFlags[] = $name;
                $arguments    = $text === null ? $arguments : [...$arguments, $text];
            } elseif (in_array($name, $values, true)) {
                if ($inline !== null) {
                    $arguments = $text === null ? $arguments : [...$arguments, $text];
                    $text      = $inline;
                }
                $given[$name] = $text ?? throw new UsageError("--{$name} needs a value: --{$name} VALUE, or --{$name}=VALUE where that begins with a hyphen");
            } else {
                throw new UsageError("--{$name} is no option of this command");
            }
        }

        if (count($arguments) > $atMost) {
            throw new UsageError(sprintf('expected %s, got "%s"', $atMost === 0 ? 'no arguments' : 'one argument, in quotes where it has spaces', implode('", "', $arguments)));
        }

        return new self($arguments, $given, $givenFlags);
    }

    public function argument(): ?string
    {
        return $this->arguments[0] ?? null;
    }

    public function value(string $name): ?string
    {
        return $this->values[$name] ?? null;
    }

    public function has(string $flag): bool
    {
        return in_array($flag, $this->flags, true);
    }

    /**
     * A whole number; null where the option was not given.
     *
     * @throws UsageError
     */
    public function number(string $name, int $least, int $most): ?int
    {
        $text = $this->value($name);

        if ($text === null) {
            return null;
        }
        if (preg_match('/\A\d{1,9}\z/', $text) !== 1 || (int) $text < $least || (int) $text > $most) {
            throw new UsageError("--{$name}: expected {$least} to {$most}, got \"{$text}\"");
        }

        return (int) $text;
    }

    /**
     * Several, with commas between.
     *
     * @return list<string>
     */
    public function list(string $name): array
    {
        return array_values(array_filter(
            array_map(trim(...), explode(',', $this->value($name) ?? '')),
            static fn (string $each): bool => $each !== '',
        ));
    }
}
