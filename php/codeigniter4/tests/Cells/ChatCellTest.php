<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Cells;

use CodeIgniter\Config\Services as FrameworkServices;
use PHPUnit\Framework\Attributes\CoversClass;
use PHPUnit\Framework\Attributes\DataProvider;
use WsElements\CodeIgniter\Cells\ChatCell;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Tests\Support\Html;
use WsElements\CodeIgniter\Tests\Support\LobbyAuthorizer;
use WsElements\CodeIgniter\Tests\Support\TestCase;

/**
 * @internal
 */
#[CoversClass(ChatCell::class)]
final class ChatCellTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();

        $this->settings->authorizer = LobbyAuthorizer::class;
        $this->signIn('ana', 'Ana');
    }

    public function testRendersTheLastMessagesAsTheElementTakesThemOver(): void
    {
        $this->say(['userId' => '42', 'name' => 'Ben', 'message' => 'Packed', 'id' => 'Vn3k2Lw0', 'timestamp' => '2026-03-04T09:30:00.000Z']);

        $this->assertSame(
            '<ws-chat channel="lobby" since="fake:1"><ul>'
            . '<li data-id="Vn3k2Lw0" data-offset="1" data-user-id="42" data-client-id="server" data-name="Ben">'
            . '<b>Ben</b><p>Packed</p><time datetime="2026-03-04T09:30:00.000Z">2026-03-04 09:30 UTC</time></li>'
            . '</ul></ws-chat>',
            Html::withoutIndentation(view_cell('ChatCell')),
        );
    }

    public function testBeginsWhereTheChannelStandsThoughItIsEmpty(): void
    {
        $this->assertSame('<ws-chat channel="lobby" since="fake:0"></ws-chat>', Html::withoutIndentation(view_cell('ChatCell')));
    }

    public function testTakesItsParametersAsTextToo(): void
    {
        $this->say(['message' => 'one']);
        $this->say(['message' => 'two'], 'orders-7');
        $this->say(['message' => 'three'], 'orders-7');

        $html = view_cell('ChatCell', 'channel=orders-7, limit=1, label=Orders');

        $this->assertStringContainsString('<ws-chat channel="orders-7" label="Orders" since="fake:2">', $html);
        $this->assertSame(['three'], Html::texts($html, 'p'));
    }

    public function testTakesFurtherAttributes(): void
    {
        $html = view_cell('ChatCell', ['attributes' => ['avatars' => '/people/{id}.svg', 'class' => 'wide', 'since' => null]]);

        $this->assertSame('<ws-chat channel="lobby" avatars="/people/&#123;id&#125;.svg" class="wide"></ws-chat>', Html::withoutIndentation($html));
    }

    public function testRendersTextMessagesOnly(): void
    {
        Services::websocket()->channel('lobby')->send('order', ['order' => 7]);
        $this->say(['message' => 'Hello']);

        $this->assertSame(['Hello'], Html::texts(view_cell('ChatCell'), 'p'));
    }

    public function testNamesTheServerAndGuestsInWords(): void
    {
        $this->say(['message' => 'We close']);

        $html = view_cell('ChatCell');

        $this->assertSame(['Server'], Html::texts($html, 'b'));
        // For which the element has words of its own.
        $this->assertStringContainsString('data-name=""', $html);
    }

    public function testShowsNothingOfAChannelThatTheVisitorMayNotRead(): void
    {
        $this->say(['message' => 'secret'], 'staff');

        $this->assertSame('<ws-chat channel="staff"></ws-chat>', Html::withoutIndentation(view_cell('ChatCell', ['channel' => 'staff'])));
    }

    public function testShowsNothingToWhoIsNotSignedIn(): void
    {
        unset($_SESSION);
        $this->say(['message' => 'secret']);

        $this->assertStringNotContainsString('secret', view_cell('ChatCell'));
    }

    public function testShowsANewGuestWhatEveryGuestMayRead(): void
    {
        unset($_SESSION);
        $this->settings->allowGuests = true;
        $this->say(['message' => 'Hello']);
        $this->say(['message' => 'secret'], 'staff');

        $this->assertSame(['Hello'], Html::texts(view_cell('ChatCell'), 'p'));
        $this->assertSame([], Html::texts(view_cell('ChatCell', 'channel=staff'), 'p'));
    }

    public function testShowsNothingOnAPageThatIsKeptForEveryone(): void
    {
        FrameworkServices::responsecache()->setTtl(60);
        $this->say(['message' => 'secret']);

        $this->assertSame('<ws-chat channel="lobby"></ws-chat>', Html::withoutIndentation(view_cell('ChatCell')));
    }

    public function testShowsAPublicChannelToEveryoneWithoutAskingWhoTheyAre(): void
    {
        unset($_SESSION);
        $this->say(['message' => 'Hello'], 'news');

        $this->assertSame(['Hello'], Html::texts(view_cell('ChatCell', ['channel' => 'news', 'public' => true]), 'p'));
        $this->assertFalse(isset($_SESSION));
    }

    public function testIsTheElementAloneWhereTheServerIsAway(): void
    {
        $this->settings->apiUrl = 'http://127.0.0.1:1';
        FrameworkServices::resetSingle('websocket');

        $this->assertSame('<ws-chat channel="lobby"></ws-chat>', Html::withoutIndentation(view_cell('ChatCell')));
    }

    /**
     * @param array<string, string> $fields
     */
    #[DataProvider('provideLetsNoTextBecomeMarkup')]
    public function testLetsNoTextBecomeMarkup(array $fields): void
    {
        $this->say([...['message' => 'Hello'], ...$fields]);

        $html    = view_cell('ChatCell', ['label' => $fields['name'] ?? null, 'attributes' => ['title' => $fields['message'] ?? '']]);
        $outcome = Html::sent($html);

        $this->assertSame(['ws-chat' => 1, 'ul' => 1, 'li' => 1, 'b' => 1, 'p' => 1], array_diff_key(Html::elements($outcome), ['time' => 1]));
        $row = Html::first($outcome, 'li');
        $this->assertSame([], array_diff(Html::attributes($row), ['data-id', 'data-offset', 'data-user-id', 'data-client-id', 'data-name']));
        $this->assertSame([], array_diff(Html::attributes(Html::first($outcome, 'ws-chat')), ['channel', 'label', 'since', 'title']));

        foreach (['name' => 'b', 'message' => 'p'] as $field => $tag) {
            if (isset($fields[$field])) {
                $this->assertSame([Html::readable($fields[$field])], Html::texts($outcome, $tag));
            }
        }
    }

    /**
     * @return iterable<array{array<string, string>}>
     */
    public static function provideLetsNoTextBecomeMarkup(): iterable
    {
        foreach (self::PAYLOADS as $payload) {
            if (! mb_check_encoding($payload, 'UTF-8')) {
                continue;
            }

            foreach (['message', 'name', 'userId', 'id', 'timestamp'] as $field) {
                yield [[$field => $payload]];
            }
        }
    }

    #[DataProvider('provideLetsNoChannelNameBecomeMarkup')]
    public function testLetsNoChannelNameBecomeMarkup(string $channel): void
    {
        $outcome = Html::sent(view_cell('ChatCell', ['channel' => $channel, 'public' => true]));

        $this->assertSame(['ws-chat' => 1], Html::elements($outcome));
        $this->assertSame(Html::readable($channel), Html::first($outcome, 'ws-chat')->getAttribute('channel'));
    }

    /**
     * @return iterable<array{string}>
     */
    public static function provideLetsNoChannelNameBecomeMarkup(): iterable
    {
        foreach (self::PAYLOADS as $payload) {
            yield [$payload];
        }
    }

    public function testRendersAnApplicationsOwnView(): void
    {
        $view = APPPATH . 'Views/own_chat.php';
        file_put_contents($view, '<section><?= ws_text(count($messages)) ?> <?= ws_attributes($attributes) ?></section>');
        $this->settings->views['chat'] = 'own_chat';
        $this->say(['message' => 'Hello']);

        try {
            $this->assertSame('<section>1  channel="lobby" since="fake:1"</section>', view_cell('ChatCell'));
        } finally {
            unlink($view);
        }
    }

    public function testGivesItsViewNothingOfOtherViews(): void
    {
        FrameworkServices::renderer()->setData(['attributes' => ['class' => 'other'], 'messages' => [1]]);

        $this->assertSame('<ws-chat channel="lobby" since="fake:0"></ws-chat>', Html::withoutIndentation(view_cell('ChatCell')));
    }

    /**
     * @param array<string, string> $message
     */
    private function say(array $message, string $channel = 'lobby'): void
    {
        $result = Services::websocket()->channel($channel)->send('message', $message);
        $this->assertTrue($result->ok, (string) $result->message);
    }
}
