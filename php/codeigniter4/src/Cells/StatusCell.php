<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Cells;

/**
 * `<ws-status-indicator>`: whether the page is connected.
 *
 * ```php
 * <?= view_cell('StatusCell', ['controls' => true]) ?>
 * ```
 */
class StatusCell extends ElementCell
{
    /**
     * `dot`, `text` or `both`.
     */
    public ?string $show = null;

    /**
     * Buttons to connect and disconnect.
     */
    public bool|string $controls = false;

    /**
     * Shows nothing while all is well.
     */
    public bool|string $banner = false;

    /**
     * Words of your own.
     */
    public ?string $label = null;

    public function render(): string
    {
        return $this->renderView('status', [
            'attributes' => [
                'show'     => $this->show,
                'controls' => $this->isTrue($this->controls),
                'banner'   => $this->isTrue($this->banner),
                ...$this->attributes,
            ],
            'label' => $this->label ?? '',
        ]);
    }
}
