<?php

declare(strict_types=1);

use PhpCsFixer\Config;
use PhpCsFixer\Finder;

/**
 * CodeIgniter's style by the fixer's own rules: its sets, and what CodeIgniter has differently. (Its package
 * codeigniter/coding-standard cannot be had from every copy of Packagist.)
 */
return (new Config())
    ->setFinder(Finder::create()->in([__DIR__ . '/src', __DIR__ . '/tests'])->append([__FILE__]))
    ->setCacheFile(__DIR__ . '/.cache/php-cs-fixer.json')
    ->setRiskyAllowed(true)
    ->setRules([
        '@PER-CS2.0'        => true,
        '@PhpCsFixer'       => true,
        '@PhpCsFixer:risky' => true,
        '@PHP82Migration'   => true,

        // Spacing: assignments, arrows and conditions stand in columns; a `!` stands free.
        'binary_operator_spaces' => [
            'default'   => 'single_space',
            'operators' => array_fill_keys(['=', '=>', '||', '.='], 'align_single_space_minimal'),
        ],
        'not_operator_with_successor_space'      => true,
        'concat_space'                           => ['spacing' => 'one'],
        'single_line_empty_body'                 => false,
        'phpdoc_align'                           => ['align' => 'vertical'],
        'multiline_whitespace_before_semicolons' => ['strategy' => 'no_multi_line'],
        'operator_linebreak'                     => ['only_booleans' => true, 'position' => 'beginning'],
        'types_spaces'                           => ['space' => 'none', 'space_multiple_catch' => 'none'],
        'new_with_parentheses'                   => ['named_class' => true, 'anonymous_class' => true],
        'class_definition'                       => ['single_item_single_line' => true, 'space_before_parenthesis' => true, 'inline_constructor_arguments' => true],

        // Blank lines: before what leaves or begins a block, between methods, not between properties.
        'blank_line_before_statement' => [
            'statements' => [
                'case', 'continue', 'declare', 'default', 'do', 'exit', 'for', 'foreach', 'goto', 'return', 'switch',
                'throw', 'try', 'while', 'yield', 'yield_from',
            ],
        ],
        'class_attributes_separation' => [
            'elements' => ['const' => 'none', 'property' => 'none', 'method' => 'one', 'trait_import' => 'none'],
        ],
        'ordered_class_elements' => [
            'order' => ['use_trait', 'case', 'constant', 'property', 'method'],
        ],

        // Conditions read as they are said, and counting stands behind what is counted.
        'yoda_style'      => ['equal' => false, 'identical' => false, 'less_and_greater' => false],
        'increment_style' => ['style' => 'post'],
        'ordered_types'   => ['null_adjustment' => 'always_last', 'sort_algorithm' => 'alpha', 'case_sensitive' => false],

        // Names of PHP's classes are imported, its functions and constants are not.
        'global_namespace_import'    => ['import_classes' => true, 'import_functions' => false, 'import_constants' => false],
        'native_function_invocation' => false,
        'native_constant_invocation' => false,

        // Comments: always on lines of their own, with what strict types say left out; sentences are ours.
        'phpdoc_array_type'             => true,
        'phpdoc_list_type'              => true,
        'phpdoc_line_span'              => ['const' => 'multi', 'method' => 'multi', 'property' => 'multi'],
        'phpdoc_summary'                => false,
        'phpdoc_annotation_without_dot' => false,
        'phpdoc_to_comment'             => false,
        'phpdoc_order'                  => ['order' => ['param', 'return', 'throws']],
        'phpdoc_types_order'            => ['null_adjustment' => 'always_last', 'sort_algorithm' => 'alpha', 'case_sensitive' => false],
        'phpdoc_separation'             => ['skip_unlisted_annotations' => true],
        'no_superfluous_phpdoc_tags'    => ['allow_hidden_params' => true, 'allow_mixed' => true, 'remove_inheritdoc' => false],

        // Files are bytes. Strings, heredocs.
        'fopen_flags'              => ['b_mode' => true],
        'explicit_string_variable' => true,
        'heredoc_indentation'      => ['indentation' => 'start_plus_one'],

        // Tests: what one covers is plain by its folder, and a data provider stands behind its test.
        'php_unit_test_class_requires_covers'    => false,
        'php_unit_test_case_static_method_calls' => ['call_type' => 'this'],
        'php_unit_data_provider_name'            => ['prefix' => 'provide', 'suffix' => ''],
        'php_unit_data_provider_method_order'    => ['placement' => 'after'],
        'php_unit_attributes'                    => true,

        'declare_strict_types' => true,
        'static_lambda'        => true,
        'strict_comparison'    => true,
        'strict_param'         => true,
        'void_return'          => true,
        'use_arrow_functions'  => true,
    ]);
