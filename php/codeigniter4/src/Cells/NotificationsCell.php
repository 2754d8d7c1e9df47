<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Cells;

use CodeIgniter\Model;
use Throwable;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Models\NotificationModel;
use WsElements\CodeIgniter\Notifications\Owner;
use WsElements\CodeIgniter\View\PageCache;

/**
 * `<ws-notifications>` with the user's unread notifications, which a page has before its script, and without it.
 *
 * ```php
 * <?= view_cell('NotificationsCell') ?>
 * ```
 *
 * On a page that the framework keeps for everyone (`cachePage()` has to come before the view), and for who is not signed
 * in, it is the element alone. Never give `view_cell()` a time to live: it would show everyone what is one user's.
 */
class NotificationsCell extends ElementCell
{
    public ?string $label = null;

    /**
     * How many, at most 100.
     */
    public int|string|null $limit = null;

    public function render(): string
    {
        $identity = PageCache::isOn() ? null : Services::websocketvisitor()->identity();
        $since    = '';
        $unread   = null;

        if ($identity !== null && ! $identity->isGuest) {
            // Before the table is read: what is stored in between comes twice, and is shown once, by its id.
            $since  = Services::websocket()->position("user:{$identity->id}");
            $unread = $this->unread($identity->id);
        }

        return $this->renderView('notifications', [
            'attributes' => [
                'label' => $this->label,
                // Without the table, what the server has kept is all there is: without a place to begin, all of it comes.
                'since' => $unread === null || $since === '' ? null : $since,
                ...$this->attributes,
            ],
            'notifications' => $unread ?? [],
        ]);
    }

    /**
     * The newest first; null where they cannot be read.
     *
     * @return list<UnreadNotification>|null
     */
    private function unread(string $userId): ?array
    {
        try {
            // The application's own model of that name, else the package's.
            $model = model('NotificationModel', false);

            if (! $model instanceof Model) {
                return null;
            }
            if ($model instanceof NotificationModel) {
                $model->inbox()->takeOverMarks($userId);
            }

            Owner::restrict($model->builder(), $userId);
            $rows = $model->asArray()->where('read_at', null)->orderBy('id', 'DESC')->findAll($this->count($this->limit));
        } catch (Throwable $e) {
            log_message('error', 'WebSocket: unread notifications could not be read: {reason}. php spark migrate --all makes their table.', ['reason' => $e->getMessage()]);

            return null;
        }

        return array_map(UnreadNotification::of(...), array_values(array_filter($rows, is_array(...))));
    }
}
