<?php

declare(strict_types=1);

namespace WsElements\Publisher\Http;

use RuntimeException;

/**
 * There was no answer. The message says why, and holds no header and no body.
 */
final class Unreachable extends RuntimeException
{
}
