<?php

/**
 * @var array<string, mixed>                                $attributes
 * @var list<\WsElements\CodeIgniter\Cells\ChatMessage>     $messages
 */
?>
<ws-chat<?= ws_attributes($attributes) ?>>
<?php if ($messages !== []): ?>
    <ul>
<?php foreach ($messages as $message): ?>
        <li<?= ws_attributes($message->attributes) ?>>
            <b><?= ws_text($message->author) ?></b>
            <p><?= ws_text($message->text) ?></p>
<?php if ($message->time !== null): ?>
            <time<?= ws_attributes(['datetime' => $message->time]) ?>><?= $message->time->format('Y-m-d H:i') ?> UTC</time>
<?php endif ?>
        </li>
<?php endforeach ?>
    </ul>
<?php endif ?>
</ws-chat>
