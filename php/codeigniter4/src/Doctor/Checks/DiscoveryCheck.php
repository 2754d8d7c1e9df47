<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor\Checks;

use WsElements\CodeIgniter\Doctor\Check;
use WsElements\CodeIgniter\Doctor\Finding;
use WsElements\CodeIgniter\Doctor\Subject;

/**
 * Whether the framework finds the package's routes and services.
 */
final class DiscoveryCheck implements Check
{
    /**
     * What of the package the framework looks for.
     */
    private const NEEDED = ['routes', 'services'];

    /**
     * @param bool         $isEnabled  `Modules::$enabled`
     * @param list<string> $discovered `Modules::$aliases`
     * @param bool         $isFound    A service of the package is known to the framework.
     * @param list<string> $routes     That answer GET.
     */
    public function __construct(
        private readonly bool $isEnabled,
        private readonly array $discovered,
        private readonly bool $isFound,
        private readonly array $routes,
    ) {
    }

    public function check(Subject $subject): iterable
    {
        $missing = array_diff(self::NEEDED, $this->discovered);

        yield match (true) {
            ! $this->isEnabled                                                             => Finding::failure('discovery', 'Auto-discovery is off: neither service(\'websocket\') nor the routes are there.', 'app/Config/Modules.php: public $enabled = true;'),
            $missing !== []                                                                => Finding::failure('discovery', 'Not discovered: ' . implode(' and ', $missing) . '.', 'Put them back into $aliases of app/Config/Modules.php.'),
            ! $this->isFound                                                               => Finding::failure('discovery', 'The framework does not know service(\'websocket\').', 'app/Config/Modules.php: public $discoverInComposer = true; and no $composerPackages that leaves out ws-elements/codeigniter4. After a change: php spark cache:clear, and with Optimize: php spark optimize.'),
            $subject->config->routes && ! in_array('websocket/token', $this->routes, true) => Finding::failure('discovery', 'GET websocket/token is no route.', 'app/Config/Routes.php may empty them ($routes->resetRoutes()), or $discoverInComposer leaves this package out.'),
            default                                                                        => Finding::good('discovery', 'routes and services'),
        };
    }
}
