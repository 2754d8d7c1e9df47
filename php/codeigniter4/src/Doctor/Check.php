<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor;

/**
 * Looks at one thing.
 */
interface Check
{
    /**
     * @return iterable<Finding>
     */
    public function check(Subject $subject): iterable;
}
