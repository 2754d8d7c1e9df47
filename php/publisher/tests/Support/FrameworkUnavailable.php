<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Support;

use RuntimeException;

/**
 * Composer cannot get it here. Its message is Composer's.
 */
final class FrameworkUnavailable extends RuntimeException
{
}
