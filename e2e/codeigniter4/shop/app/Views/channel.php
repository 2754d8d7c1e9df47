<!DOCTYPE html>
<html lang="en">
<head>
    <meta charset="utf-8">
    <title>Channel</title>
    <link rel="icon" href="<?= base_url('favicon.ico') ?>">
    <?= ws_script() ?>

</head>
<body>
    <?= view_cell('StatusCell', ['label' => $channel]) ?>
    <?= view_cell('ChatCell', ['channel' => $channel, 'label' => $channel, 'attributes' => ['class' => $channel]]) ?>
    <?= view_cell('NotificationsCell', ['label' => $channel]) ?>
</body>
</html>
