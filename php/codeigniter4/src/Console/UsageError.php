<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Console;

use RuntimeException;

/**
 * A command was called wrongly: exit code 2.
 */
final class UsageError extends RuntimeException
{
}
