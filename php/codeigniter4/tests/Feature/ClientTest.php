<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Feature;

use PHPUnit\Framework\Attributes\CoversClass;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Controllers\ClientController;
use WsElements\CodeIgniter\Identity\Identity;
use WsElements\CodeIgniter\Tests\Support\Html;
use WsElements\CodeIgniter\Tests\Support\TestCase;

/**
 * @internal
 */
#[CoversClass(ClientController::class)]
final class ClientTest extends TestCase
{
    public function testSendsWhoIsNotSignedInToDoSo(): void
    {
        $html = $this->page();

        $this->assertSame(['Sign in to join'], Html::texts($html, 'h2'));
        $this->assertArrayNotHasKey('ws-chat', Html::elements($html));
    }

    public function testShowsTheElementsToGuestsWhereTheyAreLetIn(): void
    {
        $this->settings->allowGuests = true;
        $this->settings->channel     = 'support';

        $html = $this->page();

        $this->assertSame('support', Html::first($html, 'ws-chat')->getAttribute('channel'));
        $this->assertSame([1, 1], [Html::elements($html)['ws-status-indicator'] ?? 0, Html::elements($html)['ws-notifications'] ?? 0]);
    }

    #[DataProvider('provideLetsNoNameBecomeMarkup')]
    public function testLetsNoNameBecomeMarkup(string $name): void
    {
        $this->signIn(42, 'Ana');
        $expected = array_diff_key(Html::elements($this->page()), ['time' => 1]);
        $this->nextRequest();
        $this->signIn(42, $name);

        $outcome = Html::sent($this->page());

        $this->assertSame($expected, array_diff_key(Html::elements($outcome), ['time' => 1]));
        $this->assertContains('You are ' . (new Identity('42', $name))->name, Html::texts($outcome, 'p'));
    }

    /**
     * @return iterable<array{string}>
     */
    public static function provideLetsNoNameBecomeMarkup(): iterable
    {
        foreach (self::PAYLOADS as $payload) {
            yield [$payload];
        }
    }

    public function testRendersAnApplicationsOwnView(): void
    {
        $view = APPPATH . 'Views/own_client.php';
        file_put_contents($view, '<h1><?= ws_text($channel) ?></h1>');
        $this->settings->views['client'] = 'own_client';

        try {
            $this->assertSame(['lobby'], Html::texts($this->page(), 'h1'));
        } finally {
            unlink($view);
        }
    }

    private function page(): string
    {
        $answer = $this->get('websocket');
        $answer->assertOK();

        return (string) $answer->response()->getBody();
    }
}
