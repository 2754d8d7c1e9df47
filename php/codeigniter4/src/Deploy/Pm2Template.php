<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Deploy;

/**
 * PM2's ecosystem file. One process: the history's file belongs to one server.
 */
final class Pm2Template implements Template
{
    public function render(Deployment $deployment): string
    {
        $name = $deployment->name();
        $json = static fn (mixed $value): string => json_encode($value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_PRETTY_PRINT);
        $app  = str_replace("\n", "\n    ", $json([
            'name'         => $name,
            'script'       => $deployment->command[1] ?? $deployment->command[0],
            'interpreter'  => $deployment->command[0],
            'node_args'    => "--env-file={$deployment->environmentFile}",
            'cwd'          => $deployment->root,
            'exec_mode'    => 'fork',
            'instances'    => 1,
            'kill_timeout' => 15_000,
            'env'          => ['NODE_ENV' => 'production', ...$deployment->environment],
        ]));

        return <<<JS
            // The WebSocket server of {$deployment->host}.
            // Save it as {$deployment->root}/{$name}.config.cjs. The secrets go into a file of their own:
            //     sudo php spark ws:deploy env --output {$deployment->environmentFile}
            //     sudo chown {$deployment->user} {$deployment->environmentFile}
            // then, as {$deployment->user}: pm2 start {$deployment->root}/{$name}.config.cjs && pm2 save

            module.exports = {
              apps: [
                {$app},
              ],
            };

            JS;
    }
}
