<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Collectors;

use CodeIgniter\Debug\Toolbar\Collectors\BaseCollector;
use WsElements\CodeIgniter\Config\Services;
use WsElements\CodeIgniter\Publishing\AfterCommit;
use WsElements\Publisher\Html;
use WsElements\Publisher\Publication;
use WsElements\Publisher\RecipientKind;
use WsElements\Publisher\Result;

/**
 * The panel of the debug toolbar: what the request published, to whom, how long it took, and what became of it.
 */
class WebSocket extends BaseCollector
{
    /**
     * Characters of a message that are shown.
     */
    private const SHOWN = 300;

    protected $hasTimeline   = true;
    protected $hasTabContent = true;
    protected $title         = 'WebSocket';

    /**
     * @return array<array-key, mixed>
     */
    public function getAsArray(): array
    {
        // Pages end after the toolbar has looked: what waits for their end belongs to this one.
        AfterCommit::flushShared();

        return parent::getAsArray();
    }

    public function getTitleDetails(): string
    {
        $log      = Services::websocketlog();
        $requests = count($log->batches());
        $seconds  = array_sum(array_map(static fn (PublishedBatch $each): float => $each->duration, $log->batches()));

        return sprintf('(%d in %d %s, %s)', $log->count(), $requests, $requests === 1 ? 'request' : 'requests', self::milliseconds($seconds));
    }

    public function getBadgeValue(): int
    {
        return Services::websocketlog()->count();
    }

    public function isEmpty(): bool
    {
        return Services::websocketlog()->count() === 0;
    }

    /**
     * HTML: a view of the toolbar's own would have to be in its folder.
     */
    public function display(): string
    {
        $log  = Services::websocketlog();
        $rows = '';
        $kept = 0;

        foreach ($log->batches() as $batch) {
            foreach ($batch->publications as $index => $publication) {
                $rows .= '<tr>';

                if ($index === 0) {
                    $rows .= sprintf('<td class="narrow" rowspan="%d">%s</td>', count($batch->publications), self::milliseconds($batch->duration));
                }
                $rows .= self::cells($publication, $batch->results[$index] ?? null) . '</tr>';
            }
            $kept += count($batch->publications);
        }

        if ($kept < $log->count()) {
            $rows .= sprintf('<tr><td></td><td colspan="4" class="muted">and %d more</td></tr>', $log->count() - $kept);
        }

        return '<table><thead><tr><th class="debug-bar-width6r">Time</th><th>To</th><th>Type</th><th>Message</th><th>Outcome</th></tr></thead>'
            . "<tbody>{$rows}</tbody></table>";
    }

    public function icon(): string
    {
        return 'data:image/svg+xml;base64,' . base64_encode('<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" fill="none" stroke="#434343" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M4 9h14l-4-4M20 15H6l4 4"/></svg>');
    }

    /**
     * @return list<array{name: string, component: string, start: float, duration: float}>
     */
    protected function formatTimelineData(): array
    {
        return array_map(static fn (PublishedBatch $each): array => [
            // The toolbar does not escape it: no more than a number.
            'name'      => sprintf('Publish: %d', $each->count),
            'component' => 'WebSocket',
            'start'     => $each->start,
            'duration'  => $each->duration,
        ], Services::websocketlog()->batches());
    }

    private static function cells(Publication $publication, ?Result $result): string
    {
        $recipient = $publication->recipient;
        $to        = $recipient->kind === RecipientKind::Broadcast ? 'everyone' : (string) $recipient;

        return '<td>' . self::unbroken("{$to} ") . '</td><td>' . self::unbroken("{$publication->type} ") . '</td><td>' . Html::escape(self::message($publication)) . '</td><td>'
            . ($result?->ok === false ? Html::escape("{$result->code}: {$result->message}") : self::unbroken(self::outcome($result))) . '</td>';
    }

    /**
     * As it was sent, without what stands beside it.
     */
    private static function message(Publication $publication): string
    {
        $request = json_decode($publication->json, false);
        $data    = is_object($request) ? (array) ($request->data ?? []) : [];
        $message = (string) json_encode((object) array_diff_key($data, ['type' => true]), JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION);

        return mb_strlen($message, 'UTF-8') > self::SHOWN ? mb_substr($message, 0, self::SHOWN, 'UTF-8') . '…' : $message;
    }

    /**
     * Short texts: the room is the message's.
     */
    private static function unbroken(string $text): string
    {
        return str_replace(' ', '&nbsp;', Html::escape($text));
    }

    private static function outcome(?Result $result): string
    {
        return match (true) {
            $result === null             => '',
            $result->delivered === true  => 'delivered',
            $result->delivered === false => 'not there',
            $result->deduplicated        => "known already, at {$result->position()}",
            $result->position() === null => 'accepted',
            default                      => "published, at {$result->position()}",
        };
    }

    private static function milliseconds(float $seconds): string
    {
        return number_format($seconds * 1000, 2) . ' ms';
    }
}
