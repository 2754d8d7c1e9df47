<!DOCTYPE html>
<html lang="en">
<head>
    <meta charset="utf-8">
    <title>Sign in</title>
    <link rel="icon" href="<?= base_url('favicon.ico') ?>">
</head>
<body>
    <h1>Sign in</h1>
    <form method="post" action="<?= url_to('login') ?>">
        <?= csrf_field() ?>
        <label>Email <input type="email" name="email" autocomplete="email"></label>
        <label>Password <input type="password" name="password" autocomplete="current-password"></label>
        <button>Sign in</button>
    </form>
</body>
</html>
