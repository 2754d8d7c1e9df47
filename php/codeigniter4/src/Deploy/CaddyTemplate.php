<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Deploy;

/**
 * A whole site: a Caddyfile has one block for each.
 */
final class CaddyTemplate implements Template
{
    public function render(Deployment $deployment): string
    {
        $site = $deployment->isSecure ? $deployment->host : "http://{$deployment->host}";

        return <<<CADDY
            # {$site} with ws-elements behind {$deployment->path}, for /etc/caddy/Caddyfile.
            # If the site is there already, it needs "handle {$deployment->path}" and "log" from below; if the file begins with a
            # block without a name already, that needs "log default".
            # then: caddy validate --config /etc/caddy/Caddyfile && systemctl reload caddy

            {
            	# The socket's query has the token, and what is logged of errors quotes it.
            	log default {
            		format filter {
            			wrap json
            			fields {
            				request>uri query {
            					delete token
            				}
            			}
            		}
            	}
            }

            {$site} {
            	root * "{$deployment->public}"

            	handle {$deployment->path} {
            		reverse_proxy 127.0.0.1:{$deployment->port}
            	}

            	handle {
            		php_fastcgi unix//run/php/php-fpm.sock
            		file_server
            	}

            	# Without the token, as above.
            	log {
            		format filter {
            			wrap json
            			fields {
            				request>uri query {
            					delete token
            				}
            			}
            		}
            	}
            }

            CADDY;
    }
}
