<?php

/**
 * @var string      $channel
 * @var string      $locale
 * @var string|null $name       What others see of the visitor; null for a guest who has no name yet.
 * @var bool        $isLetIn    There will be a token.
 * @var bool        $mayRead    It will let them read the channel.
 * @var string      $sessionKey
 */

use WsElements\CodeIgniter\View\Words;

$host = parse_url(base_url(), PHP_URL_HOST);
$hint = ENVIRONMENT === 'development' ? ($isLetIn ? ($mayRead ? null : 'grantSomething') : 'whoIsIt') : null;
?>
<!DOCTYPE html>
<html<?= ws_attributes(['lang' => $locale]) ?>>
<head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title><?= ws_text(Words::of('title')) ?> · <?= ws_text($host) ?></title>
    <style <?= csp_style_nonce() ?>>
        :root {
            color-scheme: light dark;
            --ground: light-dark(#f4f5f7, #101216);
            --surface: light-dark(#fff, #191c22);
            --text: light-dark(#1b1f27, #e8eaef);
            --quiet: light-dark(#5b6472, #9aa4b4);
            --line: light-dark(#e1e4ea, #2b303a);
            --ws-surface: var(--surface);
            --ws-text: var(--text);
            --ws-line: var(--line);
        }
        * { box-sizing: border-box; }
        html { block-size: 100%; }
        body {
            display: grid;
            grid-template-rows: auto minmax(0, 1fr);
            block-size: 100dvh;
            margin: 0;
            background: var(--ground);
            color: var(--text);
            font: 1rem/1.5 system-ui, sans-serif;
        }
        .bar {
            display: flex;
            flex-wrap: wrap;
            align-items: center;
            gap: 0.25rem 1rem;
            padding: 0.75rem max(1rem, (100% - 56rem) / 2);
            background: var(--surface);
            border-block-end: 1px solid var(--line);
        }
        .bar h1 { margin: 0; font-size: 1.125rem; line-height: 1.3; }
        .bar p { margin: 0; color: var(--quiet); font-size: 0.875rem; }
        .bar ws-status-indicator { margin-inline-start: auto; }
        main {
            display: flex;
            flex-direction: column;
            gap: 1rem;
            padding: 1rem max(1rem, (100% - 56rem) / 2);
        }
        ws-chat { flex: 1; min-block-size: 16rem; }
        .card, .hint {
            padding: 1rem 1.25rem;
            background: var(--surface);
            border: 1px solid var(--line);
            border-radius: 0.75rem;
        }
        .card { margin: auto; max-inline-size: 26rem; padding: 2rem; text-align: center; }
        .card h2, .hint h2 { margin: 0 0 0.25rem; font-size: 1.0625rem; }
        .card p, .hint p { margin: 0; color: var(--quiet); }
        .hint { border-inline-start: 4px solid light-dark(#b45309, #fbbf24); }
        .hint pre {
            margin: 0.75rem 0;
            padding: 0.75rem 1rem;
            overflow-x: auto;
            background: var(--ground);
            border-radius: 0.5rem;
            font: 0.875rem/1.6 ui-monospace, monospace;
        }
        .hint small { color: var(--quiet); }
        @media (max-width: 36rem) {
            .bar ws-status-indicator { order: 1; flex-basis: 100%; margin: 0; }
            .bar ws-notifications { margin-inline-start: auto; }
            main { padding: 0; }
            ws-chat { border-inline: 0; border-block-end: 0; border-radius: 0; }
            .hint { margin: 1rem 1rem 0; }
            .card { margin: auto 1rem; }
        }
    </style>
    <?= ws_script() ?>

</head>
<body>
    <header class="bar">
        <div>
            <h1><?= ws_text($host) ?></h1>
<?php if ($name !== null): ?>
            <p><?= ws_text(Words::of('youAre', $name)) ?></p>
<?php endif ?>
        </div>
<?php if ($isLetIn): ?>
        <?= view_cell('WsElements\CodeIgniter\Cells\StatusCell', ['controls' => true]) ?>
        <?= view_cell('WsElements\CodeIgniter\Cells\NotificationsCell') ?>
<?php endif ?>
    </header>
    <main>
<?php if ($hint !== null): ?>
        <section class="hint">
            <h2><?= ws_text(Words::of('nextSteps')) ?></h2>
            <p><?= ws_text(Words::of($hint, $hint === 'whoIsIt' ? $sessionKey : $channel)) ?></p>
<?php if ($hint === 'whoIsIt'): ?>
            <pre>websocket.allowGuests = true</pre>
<?php else: ?>
            <pre>php spark ws:make:authorizer</pre>
            <pre>websocket.authorizer = <?= ws_text(\WsElements\CodeIgniter\Authorizers\DefaultChannel::class) ?></pre>
<?php endif ?>
            <small><?= ws_text(Words::of('onlyYou')) ?></small>
        </section>
<?php endif ?>
<?php if ($isLetIn): ?>
        <?= view_cell('WsElements\CodeIgniter\Cells\ChatCell', ['channel' => $channel]) ?>
<?php else: ?>
        <section class="card">
            <h2><?= ws_text(Words::of('signIn')) ?></h2>
            <p><?= ws_text(Words::of('signInWhy')) ?></p>
        </section>
<?php endif ?>
    </main>
</body>
</html>
