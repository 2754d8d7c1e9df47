<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Cells;

use PHPUnit\Framework\Attributes\CoversClass;
use WsElements\CodeIgniter\Cells\StatusCell;
use WsElements\CodeIgniter\Tests\Support\TestCase;

/**
 * @internal
 */
#[CoversClass(StatusCell::class)]
final class StatusCellTest extends TestCase
{
    public function testHasNothingInsideThatWouldReplaceItsWords(): void
    {
        $this->assertSame('<ws-status-indicator></ws-status-indicator>', trim(view_cell('StatusCell')));
    }

    public function testTakesParameters(): void
    {
        $this->assertSame(
            '<ws-status-indicator show="dot" controls latency>Live &lt;b&gt;</ws-status-indicator>',
            trim(view_cell('StatusCell', ['show' => 'dot', 'controls' => 'true', 'banner' => 'false', 'label' => 'Live <b>', 'attributes' => ['latency' => true]])),
        );
    }
}
