<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Deploy;

/**
 * A service that is started with the machine, and again whenever it ends.
 */
final class SystemdTemplate implements Template
{
    public function render(Deployment $deployment): string
    {
        $name  = $deployment->name();
        $start = implode(' ', array_map(static fn (string $each): string => str_contains($each, ' ') ? "\"{$each}\"" : $each, $deployment->command));
        // The quotes are systemd's, around the whole of it.
        $lines = implode("\n", array_map(
            static fn (string $key, string $value): string => "Environment=\"{$key}={$value}\"",
            array_keys($deployment->environment),
            $deployment->environment,
        ));

        return <<<SYSTEMD
            # The WebSocket server of {$deployment->host}.
            # Save it as /etc/systemd/system/{$name}.service. The secrets go into a file of their own, which only root reads:
            #     sudo php spark ws:deploy env --output {$deployment->environmentFile}
            # then: systemctl daemon-reload && systemctl enable --now {$name}

            [Unit]
            Description=WebSocket server of {$deployment->host} (ws-elements)
            After=network.target

            [Service]
            User={$deployment->user}
            WorkingDirectory={$deployment->root}
            EnvironmentFile={$deployment->environmentFile}
            Environment=NODE_ENV=production
            {$lines}
            ExecStart={$start}
            Restart=always
            RestartSec=1
            # It tells every page to come back, and when.
            TimeoutStopSec=15
            # One each connection, and some.
            LimitNOFILE=65536

            NoNewPrivileges=yes
            PrivateTmp=yes
            PrivateDevices=yes
            ProtectSystem=strict
            ProtectHome=read-only
            ReadWritePaths={$deployment->writable}
            RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
            CapabilityBoundingSet=

            [Install]
            WantedBy=multi-user.target

            SYSTEMD;
    }
}
