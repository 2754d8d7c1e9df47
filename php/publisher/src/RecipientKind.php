<?php

declare(strict_types=1);

namespace WsElements\Publisher;

/**
 * Whom a publication can be for.
 */
enum RecipientKind: string
{
    case Channel   = 'channel';
    case User      = 'user';
    case Client    = 'client';
    case Broadcast = 'broadcast';
}
