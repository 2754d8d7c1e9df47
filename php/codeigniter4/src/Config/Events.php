<?php

declare(strict_types=1);

use CodeIgniter\Events\Events;
use WsElements\CodeIgniter\Publishing\AfterCommit;
use WsElements\CodeIgniter\View\KeptPage;

// The framework tells nobody that a transaction has ended. When a page or a command is done, it has.
Events::on('post_system', AfterCommit::flushShared(...));
Events::on('post_command', AfterCommit::flushShared(...));

// The response is complete then, and not yet sent.
Events::on('post_system', KeptPage::renewPolicy(...));
