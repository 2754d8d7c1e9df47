<?php

/**
 * @var array<string, mixed> $attributes
 * @var string               $label
 */
?>
<ws-status-indicator<?= ws_attributes($attributes) ?>><?= ws_text($label) ?></ws-status-indicator>
