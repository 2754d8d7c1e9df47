<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests;

use Firebase\JWT\JWT;
use Firebase\JWT\Key;
use InvalidArgumentException;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use WsElements\Publisher\Exceptions\InvalidMessage;
use WsElements\Publisher\Grants;
use WsElements\Publisher\Token;

/**
 * @internal
 */
final class TokenTest extends TestCase
{
    private const SECRET = 'a secret of the tests, 32 bytes and more';

    /**
     * @return array<array-key, mixed>
     */
    private static function claims(string $token): array
    {
        return (array) JWT::decode($token, new Key(self::SECRET, 'HS256'));
    }

    public function testSaysWhoAndWhatAndForHowLong(): void
    {
        $now   = time();
        $token = (new Token(self::SECRET))->issue(
            user: 42,
            name: 'Ana',
            grants: new Grants(read: ['lobby', 'orders-*'], write: ['lobby'], types: ['cursor_moved']),
            lifetime: 300,
            now: $now,
        );

        $this->assertSame([
            'sub'   => '42',
            'name'  => 'Ana',
            'iat'   => $now,
            'exp'   => $now + 300,
            'read'  => ['lobby', 'orders-*'],
            'write' => ['lobby'],
            'types' => ['cursor_moved'],
        ], self::claims($token));
    }

    public function testGrantsNothingUnasked(): void
    {
        $this->assertSame(['sub', 'iat', 'exp'], array_keys(self::claims((new Token(self::SECRET))->issue(user: '42'))));
    }

    public function testIsSignedByHs256(): void
    {
        $head = explode('.', (new Token(self::SECRET))->issue(user: '42'))[0];

        $this->assertStringContainsString('"alg":"HS256"', JWT::urlsafeB64Decode($head));
    }

    #[DataProvider('provideRefusesAShortSecretAndTellsItsLengthOnly')]
    public function testRefusesAShortSecretAndTellsItsLengthOnly(string $secret, int $length): void
    {
        try {
            new Token($secret);
        } catch (InvalidArgumentException $error) {
            $this->assertSame("secret: expected at least 32 bytes, as `openssl rand -base64 32` makes, got {$length}", $error->getMessage());
            $this->assertStringNotContainsString('hunter2', (string) $error);

            return;
        }
        $this->fail('it was taken');
    }

    /**
     * @return iterable<array{string, int}>
     */
    public static function provideRefusesAShortSecretAndTellsItsLengthOnly(): iterable
    {
        yield ['', 0];

        yield ['hunter2', 7];

        yield ['hunter2' . str_repeat('x', 24), 31];

        // A line feed at its end, as files have it, makes no secret longer.
        yield ['hunter2' . str_repeat('x', 24) . "\r\n", 31];
    }

    public function testTakesASecretOf32Bytes(): void
    {
        $this->assertNotSame('', (new Token(str_repeat('é', 16)))->issue(user: '42'));
    }

    public function testTheSecretIsInNoDump(): void
    {
        $token = new Token(self::SECRET);

        $this->assertStringNotContainsString(self::SECRET, print_r($token, true) . var_export($token, true));
    }

    #[DataProvider('provideANameIsPassedOnAsItIs')]
    public function testANameIsPassedOnAsItIs(string $name): void
    {
        $this->assertSame($name, self::claims((new Token(self::SECRET))->issue(user: '42', name: $name))['name']);
    }

    /**
     * @return iterable<array{string}>
     */
    public static function provideANameIsPassedOnAsItIs(): iterable
    {
        yield ['"},"write":["*"],{"'];

        yield ['\\'];

        yield ["O'Hara"];

        yield ['<script>alert(1)</script>'];

        yield ['{csp-script-nonce}'];

        yield ['Ана 👩‍👩‍👧'];

        yield [str_repeat('👋', 64)];
    }

    #[DataProvider('provideANameThatTheServerWouldRefuseIsMadeOneThatItTakes')]
    public function testANameThatTheServerWouldRefuseIsMadeOneThatItTakes(string $given, ?string $shown): void
    {
        $this->assertSame($shown, self::claims((new Token(self::SECRET))->issue(user: '42', name: $given))['name'] ?? null);
    }

    /**
     * @return iterable<string, array{string, string|null}>
     */
    public static function provideANameThatTheServerWouldRefuseIsMadeOneThatItTakes(): iterable
    {
        yield 'empty' => ['', null];

        yield 'spaces' => ["  \n ", null];

        yield 'lines' => ["Ana\r\nadmin", 'Ana admin'];

        yield 'too long' => [str_repeat('👋', 65), str_repeat('👋', 64)];

        yield 'no UTF-8' => ["An\xFFa", 'An?a'];
    }

    #[DataProvider('provideRefusesUsers')]
    public function testRefusesUsers(string $user): void
    {
        $this->expectException(InvalidMessage::class);
        (new Token(self::SECRET))->issue(user: $user);
    }

    /**
     * @return iterable<array{string}>
     */
    public static function provideRefusesUsers(): iterable
    {
        yield [''];

        yield ["42\n"];

        yield ['4 2'];

        yield ['42"'];

        yield [str_repeat('a', 124)];

        yield ['{}'];
    }

    public function testRefusesLifetimes(): void
    {
        foreach ([0, -1, Token::MAX_LIFETIME + 1] as $lifetime) {
            try {
                (new Token(self::SECRET))->issue(user: '42', lifetime: $lifetime);
                $this->fail('it was taken');
            } catch (InvalidArgumentException $error) {
                $this->assertStringContainsString("got {$lifetime}", $error->getMessage());
            }
        }
    }

    /**
     * @param list<string> $patterns
     */
    #[DataProvider('provideGrantsTakeTheProtocolsPatterns')]
    public function testGrantsTakeTheProtocolsPatterns(array $patterns): void
    {
        $this->assertSame($patterns, (new Grants(read: $patterns, write: $patterns))->write);
    }

    /**
     * @return iterable<array{list<string>}>
     */
    public static function provideGrantsTakeTheProtocolsPatterns(): iterable
    {
        yield [['*', 'lobby', 'orders-*', 'user:42', 'user:*', str_repeat('a', 128), str_repeat('a', 127) . '*']];
    }

    #[DataProvider('provideGrantsRefuse')]
    public function testGrantsRefuse(string $field, string $value): void
    {
        try {
            new Grants(...[$field => [$value]]);
        } catch (InvalidMessage $error) {
            $this->assertSame(rtrim($field, 's'), rtrim($error->field, 's'));

            return;
        }
        $this->fail('it was taken');
    }

    /**
     * @return iterable<array{'read'|'types'|'write', string}>
     */
    public static function provideGrantsRefuse(): iterable
    {
        foreach (['', '**', 'a*b', '*a', '-lobby', "lobby\n", 'no spaces', str_repeat('a', 128) . '*', str_repeat('a', 129)] as $pattern) {
            yield ['read', $pattern];

            yield ['write', $pattern];
        }

        foreach (['', '*', 'subscribe', 'error', "x\n", '1x'] as $type) {
            yield ['types', $type];
        }
    }

    public function testGrantsAddUp(): void
    {
        $both = (new Grants(read: ['a', 'b'], types: ['x']))->and(new Grants(read: ['b', 'c'], write: ['c']));

        $this->assertSame([['a', 'b', 'c'], ['c'], ['x']], [$both->read, $both->write, $both->types]);
    }
}
