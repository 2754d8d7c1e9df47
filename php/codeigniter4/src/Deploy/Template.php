<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Deploy;

/**
 * A configuration of some program, filled in.
 */
interface Template
{
    /**
     * The text, with a heading that says where it goes.
     */
    public function render(Deployment $deployment): string;
}
