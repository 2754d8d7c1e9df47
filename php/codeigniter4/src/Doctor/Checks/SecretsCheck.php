<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor\Checks;

use WsElements\CodeIgniter\Doctor\Check;
use WsElements\CodeIgniter\Doctor\Finding;
use WsElements\CodeIgniter\Doctor\Subject;
use WsElements\Publisher\Token;

/**
 * Whether there is a secret and an API key, and whether they are worth something.
 */
final class SecretsCheck implements Check
{
    /**
     * Bytes below which a key can be guessed.
     */
    private const MIN_KEY = 16;

    private const INSTALL = 'php spark ws:install makes one.';

    public function check(Subject $subject): iterable
    {
        $secret = $subject->config->secret;
        $apiKey = $subject->config->apiKey;

        yield match (true) {
            $secret === ''                      => Finding::failure('secret', 'There is no websocket.secret: nobody gets a token.', self::INSTALL),
            strlen($secret) < Token::MIN_SECRET => Finding::failure('secret', sprintf('websocket.secret has %d bytes and needs %d: nobody gets a token.', strlen($secret), Token::MIN_SECRET), 'Take it out of .env. ' . self::INSTALL),
            self::isMonotonous($secret)         => Finding::failure('secret', 'websocket.secret repeats a few signs: it can be guessed.', 'Take it out of .env. ' . self::INSTALL),
            default                             => Finding::good('secret', strlen($secret) . ' bytes'),
        };

        yield match (true) {
            $apiKey === ''                  => Finding::failure('apiKey', 'There is no websocket.apiKey: PHP cannot publish.', self::INSTALL),
            $apiKey === $secret             => Finding::failure('apiKey', 'The API key is the secret: who sees a request of PHP\'s could sign tokens.', 'Take it out of .env. ' . self::INSTALL),
            strlen($apiKey) < self::MIN_KEY => Finding::warning('apiKey', 'websocket.apiKey has only ' . strlen($apiKey) . ' bytes: it can be guessed.', 'Take it out of .env. ' . self::INSTALL),
            default                         => Finding::good('apiKey', strlen($apiKey) . ' bytes'),
        };
    }

    private static function isMonotonous(string $secret): bool
    {
        return count(array_unique(str_split($secret))) < 8;
    }
}
