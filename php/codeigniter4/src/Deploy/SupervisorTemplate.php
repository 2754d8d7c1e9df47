<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Deploy;

/**
 * A program of supervisord. It knows no file with an environment: Node reads it.
 */
final class SupervisorTemplate implements Template
{
    public function render(Deployment $deployment): string
    {
        $name        = $deployment->name();
        $program     = $deployment->command[0];
        $arguments   = array_slice($deployment->command, 1);
        $quoted      = static fn (string $text): string => str_contains($text, ' ') ? "\"{$text}\"" : $text;
        $start       = implode(' ', [$quoted($program), "--env-file={$deployment->environmentFile}", ...array_map($quoted, $arguments)]);
        $environment = implode(',', array_map(
            static fn (string $key, string $value): string => "{$key}=\"{$value}\"",
            array_keys($deployment->environment),
            $deployment->environment,
        ));

        return <<<SUPERVISOR
            ; The WebSocket server of {$deployment->host}.
            ; Save it as /etc/supervisor/conf.d/{$name}.conf. The secrets go into a file of their own:
            ;     sudo php spark ws:deploy env --output {$deployment->environmentFile}
            ;     sudo chown {$deployment->user} {$deployment->environmentFile}
            ; then: supervisorctl update

            [program:{$name}]
            command={$start}
            directory={$deployment->root}
            user={$deployment->user}
            environment=NODE_ENV="production",{$environment}
            autostart=true
            autorestart=true
            stopsignal=TERM
            stopwaitsecs=15
            stdout_logfile=/var/log/supervisor/{$name}.log
            redirect_stderr=true

            SUPERVISOR;
    }
}
