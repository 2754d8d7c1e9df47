<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Install;

use WsElements\CodeIgniter\Authorizers\DefaultChannel;
use WsElements\CodeIgniter\Authorizers\DenyAll;
use WsElements\CodeIgniter\Config\WebSocket as WebSocketConfig;
use WsElements\CodeIgniter\Console\Failure;
use WsElements\Publisher\Token;

/**
 * Puts what an application needs into its `.env`: a secret and an API key, each made here and shown nowhere. What is set
 * stays, wherever it is.
 */
final class Settings
{
    /**
     * Bytes of randomness of a secret and of a key.
     */
    private const LENGTH = 32;

    /**
     * Every name by which the two may be set.
     */
    private const NAMES = [
        'secret' => ['websocket.secret', 'websocket_secret', 'WS_SECRET'],
        'apiKey' => ['websocket.apiKey', 'websocket_apiKey', 'WS_API_KEY'],
    ];

    /**
     * @param string $file     The `.env`.
     * @param string $template What it is made from where there is none.
     */
    public function __construct(
        private readonly string $file,
        private readonly string $template,
        private readonly WebSocketConfig $current,
    ) {
    }

    /**
     * @param bool $open Lets guests into the default channel, the first time, unless something is said of it already.
     *
     * @return list<Step>
     *
     * @throws Failure The file cannot be read, or written.
     */
    public function install(bool $open): array
    {
        $before = $this->read(is_file($this->file) ? $this->file : $this->template);
        $env    = new EnvFile($before);
        $steps  = [];
        $add    = [];

        foreach (self::NAMES as $property => $names) {
            $value = $this->current->{$property};

            foreach ($names as $name) {
                $value = $env->get($name) ?: $value;
            }

            if ($value === '') {
                $add[$this->nameFor($property, $env)] = bin2hex(random_bytes(self::LENGTH));
            } elseif ($property === 'secret' && strlen($value) < Token::MIN_SECRET) {
                $steps[] = Step::toDo(sprintf('secret: it has %d bytes and needs %d. Take it out of %s, and run this again: another is made.', strlen($value), Token::MIN_SECRET, $this->file));
            } else {
                $steps[] = Step::kept($property === 'secret' ? 'secret' : 'API key');
            }
        }

        if ($add === []) {
            return $steps;
        }

        $env     = $env->with($add, 'WEBSOCKET', ['The server has the same two: php spark ws:serve hands them over.']);
        $steps[] = Step::made(implode(' and ', array_keys($add)) . " in {$this->file}");

        if ($open && array_key_exists('websocket.secret', $add) && $this->saysNothingOfGuests($env)) {
            $env = $env->with(
                ['websocket.allowGuests' => 'true', 'websocket.authorizer' => DefaultChannel::class],
                'WEBSOCKET: FOR A FIRST TRY',
                ["Everybody may read and write the channel \"{$this->current->channel}\". Without these lines, nobody may who was granted", 'nothing: php spark ws:make:authorizer'],
            );
            $steps[] = Step::made("guests may chat in \"{$this->current->channel}\", for a first try: two lines in {$this->file}, to be taken out later");
        }

        $this->write($before, $env->text);

        return $steps;
    }

    private function read(string $file): string
    {
        if (! file_exists($file)) {
            return '';
        }
        $text = is_file($file) ? @file_get_contents($file) : false;

        return $text === false
            ? throw new Failure("{$file}: cannot be read. Run this as the user that it belongs to, or give this one the right: chmod u+r {$file}")
            : $text;
    }

    /**
     * In place, not by a new file: owner, mode and links stay, and so does a file that is mounted into a container. What
     * is only longer is added to, so that nothing can be lost of it.
     */
    private function write(string $before, string $text): void
    {
        $isLonger = $before !== '' && is_file($this->file) && str_starts_with($text, $before);
        $part     = $isLonger ? substr($text, strlen($before)) : $text;
        $written  = @file_put_contents($this->file, $part, LOCK_EX | ($isLonger ? FILE_APPEND : 0));

        if ($written === false) {
            throw new Failure("{$this->file}: cannot be written. Run this as the user that it belongs to.");
        }
        if ($written !== strlen($part)) {
            throw new Failure("{$this->file}: could not be written to its end. Is the disk full? Look at its last lines, then run this again.");
        }
    }

    /**
     * The empty line that waits for it, else the package's own name.
     */
    private function nameFor(string $property, EnvFile $env): string
    {
        foreach (self::NAMES[$property] as $name) {
            if ($env->get($name) === '') {
                return $name;
            }
        }

        return self::NAMES[$property][0];
    }

    private function saysNothingOfGuests(EnvFile $env): bool
    {
        return $env->get('websocket.allowGuests') === null && $env->get('websocket.authorizer') === null
            && ! $this->current->allowGuests && $this->current->authorizer === DenyAll::class;
    }
}
