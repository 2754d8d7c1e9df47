<!DOCTYPE html>
<html lang="en">
<head>
    <meta charset="utf-8">
    <title>Kept</title>
    <link rel="icon" href="<?= base_url('favicon.ico') ?>">
    <link rel="stylesheet" href="<?= base_url('shop.css') ?>">
    <?= ws_script() ?>

</head>
<body>
    <header>
        <h1>Kept at <?= hrtime(true) ?></h1>
        <?= view_cell('StatusCell') ?>
        <?= view_cell('NotificationsCell') ?>
    </header>
    <main>
        <?= view_cell('ChatCell') ?>
    </main>
</body>
</html>
