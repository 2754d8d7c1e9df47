<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Deploy;

/**
 * What goes into the `server` block that the site has already.
 */
final class NginxTemplate implements Template
{
    public function render(Deployment $deployment): string
    {
        // A path of / is a host name of its own, with nothing else on it.
        $match = $deployment->path === '/' ? '/' : "= {$deployment->path}";
        $name  = $deployment->name();

        return <<<NGINX
            # {$deployment->url()} for ws-elements.
            # Save it as /etc/nginx/snippets/{$name}.conf, and in the server block of {$deployment->host} write:
            #     include snippets/{$name}.conf;
            # then: nginx -t && systemctl reload nginx

            location {$match} {
                proxy_pass http://127.0.0.1:{$deployment->port};
                proxy_http_version 1.1;
                proxy_set_header Upgrade \$http_upgrade;
                proxy_set_header Connection "upgrade";
                proxy_set_header Host \$http_host;
                proxy_set_header X-Real-IP \$remote_addr;
                proxy_set_header X-Forwarded-For \$proxy_add_x_forwarded_for;
                proxy_set_header X-Forwarded-Proto \$scheme;

                # The server gives a sign of life every 25 s.
                proxy_connect_timeout 5s;
                proxy_read_timeout 75s;
                proxy_send_timeout 75s;

                # The query has the token, and both logs would keep it: the error log too, which quotes the request.
                access_log off;
                error_log /var/log/nginx/error.log crit;
            }

            NGINX;
    }
}
