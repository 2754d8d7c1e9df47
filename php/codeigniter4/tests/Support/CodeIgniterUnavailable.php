<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support;

use RuntimeException;

/**
 * Composer cannot get CodeIgniter here. Its message is Composer's.
 */
final class CodeIgniterUnavailable extends RuntimeException
{
}
