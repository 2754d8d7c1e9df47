<!DOCTYPE html>
<html lang="en">
<head>
    <meta charset="utf-8">
<?php if (service('csp')->enabled()): ?>
    <meta http-equiv="Content-Security-Policy" content="require-trusted-types-for 'script'; trusted-types lit-html">
<?php endif ?>
    <title>Shop</title>
    <link rel="icon" href="<?= base_url('favicon.ico') ?>">
    <link rel="stylesheet" href="<?= base_url('shop.css') ?>">
    <?= ws_script() ?>

</head>
<body>
    <header>
        <h1>Shop</h1>
        <p id="user"><?= ws_text($user->username) ?></p>
        <?= view_cell('StatusCell') ?>
        <?= view_cell('NotificationsCell') ?>
    </header>
    <main>
        <p id="done"><?= ws_text(session('done')) ?></p>
        <form id="order" method="post" action="<?= site_url('shop/order') ?>">
            <?= csrf_field() ?>
            <label>For user <input name="user_id" value="2"></label>
            <label>Title <input name="title" value="New order"></label>
            <label>Message <input name="message" value="You have received a new order #12345"></label>
            <label>Link <input name="link" value="/shop"></label>
            <button>Order</button>
            <button formaction="<?= site_url('shop/unchecked') ?>">Insert</button>
        </form>
        <form id="note" method="post" action="<?= site_url('shop/note') ?>">
            <?= csrf_field() ?>
            <label>Note <input name="note"></label>
            <button>Keep</button>
        </form>
        <?= view_cell('ChatCell', ['label' => 'Lobby']) ?>
    </main>
</body>
</html>
