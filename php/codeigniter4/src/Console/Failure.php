<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Console;

use RuntimeException;

/**
 * A command could not do what it was called for: exit code 1. The message says what, where and what to do.
 */
final class Failure extends RuntimeException
{
}
