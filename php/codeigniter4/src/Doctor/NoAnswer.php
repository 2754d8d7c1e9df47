<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor;

use RuntimeException;

/**
 * Nothing answered. The message says why.
 */
final class NoAnswer extends RuntimeException
{
}
