<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Feature;

use PHPUnit\Framework\Attributes\CoversNothing;
use WsElements\CodeIgniter\Tests\Support\TestCase;

/**
 * @internal
 */
#[CoversNothing]
final class TokenTest extends TestCase
{
    public function testGivesNoneToWhoIsNotSignedIn(): void
    {
        $answer = $this->get('websocket/token');

        $answer->assertStatus(401);
        $answer->assertHeader('Cache-Control', 'no-store');
    }
}
