<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Cells;

use WsElements\CodeIgniter\Config\Services;

/**
 * `<ws-chat>` with the last messages of its channel, which a page has before its script, and without it.
 *
 * ```php
 * <?= view_cell('ChatCell', ['channel' => 'orders/12345', 'label' => 'Order #12345']) ?>
 * ```
 *
 * Messages are rendered for those who may read the channel; on a page that the framework keeps for everyone, for
 * nobody (`cachePage()` has to come before the view). Where the server does not answer, the element fetches them once it
 * does. Never give `view_cell()` a time to live: it would show everyone what one visitor may see.
 */
class ChatCell extends ElementCell
{
    /**
     * Empty: the default channel.
     */
    public string $channel = '';

    public ?string $label = null;

    /**
     * How many messages, at most 100.
     */
    public int|string|null $limit = null;

    /**
     * Everyone may read the channel: nobody is asked who they are, and the page may be kept.
     */
    public bool|string $public = false;

    public function render(): string
    {
        $channel  = $this->channel === '' ? Services::websocketconfig()->channel : $this->channel;
        $limit    = $this->count($this->limit);
        $isShown  = $limit > 0 && ($this->isTrue($this->public) || Services::websocketvisitor()->mayRead($channel));
        $history  = $isShown ? Services::websocket()->history($channel, $limit) : null;
        $messages = [];

        foreach ($history->publications ?? [] as $publication) {
            $message = ChatMessage::of($publication, (string) $history?->position?->epoch);

            if ($message !== null) {
                $messages[] = $message;
            }
        }

        return $this->renderView('chat', [
            'attributes' => [
                'channel' => $channel,
                'label'   => $this->label,
                'since'   => $history?->position,
                ...$this->attributes,
            ],
            'messages' => $messages,
        ]);
    }
}
