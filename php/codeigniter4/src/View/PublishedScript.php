<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\View;

/**
 * The script as it lies under `public/`: its address changes when it does, so that browsers may keep it for ever, and its
 * hash lets them refuse what somebody else put there.
 */
final readonly class PublishedScript
{
    /**
     * Characters of the hash.
     */
    private const VERSION = 10;

    private function __construct(
        public string $url,
        public ?string $integrity,
        public bool $isElsewhere,
    ) {
    }

    /**
     * @param string $setting A path under `public/`, or an address.
     */
    public static function of(string $setting): self
    {
        if (preg_match('~\A(?:https?:)?//~i', $setting) === 1) {
            return new self($setting, null, true);
        }

        $path = ltrim($setting, '/');
        $hash = self::hash(FCPATH . $path);
        $url  = base_url($path);

        if ($hash === null) {
            log_message('error', 'WebSocket: {path} is not there. php spark ws:install publishes it.', ['path' => FCPATH . $path]);

            return new self($url, null, false);
        }

        $version = substr(bin2hex($hash), 0, self::VERSION);

        return new self("{$url}?v={$version}", 'sha384-' . base64_encode($hash), false);
    }

    /**
     * Of a process that serves many requests, the file is read once for each of its lives.
     */
    private static function hash(string $file): ?string
    {
        /** @var array<string, string> $known */
        static $known = [];

        if (! is_file($file)) {
            return null;
        }

        $life = "{$file} " . filemtime($file) . ' ' . filesize($file);

        if (! isset($known[$life])) {
            $hash  = hash_file('sha384', $file, true);
            $known = $hash === false ? [] : [$life => $hash];
        }

        return $known[$life] ?? null;
    }
}
