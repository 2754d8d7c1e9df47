<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor;

/**
 * What a check found, and what to do about it.
 */
final readonly class Finding
{
    private function __construct(
        public Level $level,
        public string $check,
        public string $message,
        public string $cure = '',
    ) {
    }

    public static function good(string $check, string $message): self
    {
        return new self(Level::Good, $check, $message);
    }

    /**
     * It could not be looked at; the cure lets it be.
     */
    public static function unknown(string $check, string $message, string $cure): self
    {
        return new self(Level::Unknown, $check, $message, $cure);
    }

    /**
     * It works, and may not for everyone, or not for long.
     */
    public static function warning(string $check, string $message, string $cure): self
    {
        return new self(Level::Warning, $check, $message, $cure);
    }

    public static function failure(string $check, string $message, string $cure): self
    {
        return new self(Level::Failure, $check, $message, $cure);
    }

    /**
     * @return array{check: string, level: string, message: string, cure?: string}
     */
    public function toArray(): array
    {
        return ['check' => $this->check, 'level' => $this->level->value, 'message' => $this->message] + ($this->cure === '' ? [] : ['cure' => $this->cure]);
    }
}
