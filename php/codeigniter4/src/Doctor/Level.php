<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor;

enum Level: string
{
    case Good    = 'ok';
    case Unknown = 'skipped';
    case Warning = 'warning';
    case Failure = 'failure';
}
