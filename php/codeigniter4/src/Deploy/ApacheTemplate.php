<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Deploy;

/**
 * What goes into the `VirtualHost` that the site has already. Apache 2.4.47 or newer.
 */
final class ApacheTemplate implements Template
{
    public function render(Deployment $deployment): string
    {
        $name    = $deployment->name();
        $pattern = '^' . preg_quote($deployment->path, '/') . '$';
        // LocationMatch takes no ProxyPass without a pattern, and Location would take all that begins so.
        $proxied = $deployment->path === '/' ? '/' : $deployment->path;

        return <<<APACHE
            # {$deployment->url()} for ws-elements, by Apache 2.4.47 or newer.
            # Save it as /etc/apache2/conf-available/{$name}.conf, and in the VirtualHost of {$deployment->host} write:
            #     Include conf-available/{$name}.conf
            # and let its CustomLog leave out the socket, whose query has the token:
            #     CustomLog \${APACHE_LOG_DIR}/access.log combined env=!ws_elements
            # then: a2enmod proxy proxy_http setenvif && apache2ctl configtest && systemctl reload apache2

            SetEnvIf Request_URI "{$pattern}" ws_elements

            <Location "{$proxied}">
                # The server gives a sign of life every 25 s.
                ProxyPass "http://127.0.0.1:{$deployment->port}{$proxied}" upgrade=websocket connectiontimeout=5 timeout=75
                # The server compares the page's host with its own.
                ProxyPreserveHost On
            </Location>

            APACHE;
    }
}
