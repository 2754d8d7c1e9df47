<?php

declare(strict_types=1);

use CodeIgniter\CodingStandard\CodeIgniter4;
use Nexus\CsConfig\Factory;
use PhpCsFixer\Finder;

$finder = Finder::create()
    ->files()
    ->in([__DIR__ . '/src', __DIR__ . '/tests'])
    ->exclude('Views')
    ->append([__FILE__]);

return Factory::create(
    new CodeIgniter4(),
    ['declare_strict_types' => true, 'void_return' => true],
    ['finder'               => $finder],
)->forProjects();
