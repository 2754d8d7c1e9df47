<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Install;

use WsElements\CodeIgniter\Console\Failure;
use WsElements\CodeIgniter\Models\NotificationModel;

/**
 * The application's own `NotificationModel`, which the documentation's controller names.
 */
final class ModelClass
{
    private const TEXT = <<<'PHP'
        <?php

        declare(strict_types=1);

        namespace %s\Models;

        use WsElements\CodeIgniter\Models\NotificationModel as StoredAndPushed;

        /**
         * Notifications: what is inserted is pushed to the user's pages too.
         */
        class NotificationModel extends StoredAndPushed
        {
        }

        PHP;

    /**
     * @param string $namespace The application's.
     *
     * @throws Failure
     */
    public static function install(string $file, string $namespace): Step
    {
        if (is_file($file)) {
            $text = (string) @file_get_contents($file);

            return str_contains($text, 'WsElements\CodeIgniter\Models\NotificationModel')
                ? Step::kept($file)
                : Step::toDo("{$file}: it does not extend " . NotificationModel::class . ', so that what it inserts is not pushed. Let it, or push by service(\'websocket\')->user($id)->notify(…).');
        }
        if ((! is_dir(dirname($file)) && ! @mkdir(dirname($file))) || @file_put_contents($file, sprintf(self::TEXT, $namespace)) === false) {
            throw new Failure("{$file}: cannot be written. Run this as the user that " . dirname($file) . ' belongs to.');
        }

        return Step::made($file);
    }
}
