<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Cells;

use CodeIgniter\Config\Services as FrameworkServices;
use CodeIgniter\View\Cells\Cell;
use WsElements\CodeIgniter\Config\Services;

/**
 * An element with its first content, rendered by the server.
 */
abstract class ElementCell extends Cell
{
    /**
     * Further attributes of the element: `['class' => 'wide', 'no-toasts' => true]`.
     *
     * @var array<string, bool|int|string|null>
     */
    public array $attributes = [];

    /**
     * Renders the view that the settings name. By a renderer of its own: what other views were given is not for this one.
     *
     * @param array<string, mixed> $data
     */
    protected function renderView(string $name, array $data): string
    {
        $view     = Services::websocketconfig()->views[$name] ?? "\\WsElements\\CodeIgniter\\Views\\{$name}";
        $renderer = FrameworkServices::renderer(null, null, false);

        // The data is raw: the views escape it, each thing for its place.
        return $renderer->setData($data, 'raw')->render($view, ['debug' => false], false);
    }

    /**
     * A cell's parameters may all be text: `view_cell('ChatCell', 'channel=lobby, limit=10')`.
     */
    protected function count(int|string|null $limit): int
    {
        return max(0, min(100, (int) ($limit ?? Services::websocketconfig()->rendered)));
    }

    protected function isTrue(bool|string $parameter): bool
    {
        return filter_var($parameter, FILTER_VALIDATE_BOOL);
    }
}
