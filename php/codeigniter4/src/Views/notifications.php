<?php

/**
 * @var array<string, mixed>                                   $attributes
 * @var list<\WsElements\CodeIgniter\Cells\UnreadNotification> $notifications
 */
?>
<ws-notifications<?= ws_attributes($attributes) ?>>
<?php if ($notifications !== []): ?>
    <ul>
<?php foreach ($notifications as $notification): ?>
        <li<?= ws_attributes($notification->attributes) ?>>
<?php if ($notification->link !== null): ?>
            <a<?= ws_attributes(['href' => $notification->link]) ?>><?= ws_text($notification->title) ?></a>
<?php else: ?>
            <b><?= ws_text($notification->title) ?></b>
<?php endif ?>
<?php if ($notification->message !== ''): ?>
            <p><?= ws_text($notification->message) ?></p>
<?php endif ?>
<?php if ($notification->time !== null): ?>
            <time<?= ws_attributes(['datetime' => $notification->time]) ?>><?= $notification->time->format('Y-m-d H:i') ?></time>
<?php endif ?>
        </li>
<?php endforeach ?>
    </ul>
<?php endif ?>
</ws-notifications>
