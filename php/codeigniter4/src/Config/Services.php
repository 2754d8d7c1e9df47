<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Config;

use CodeIgniter\Config\BaseService;
use CodeIgniter\Config\Services as FrameworkServices;
use WsElements\CodeIgniter\Collectors\PublicationLog;
use WsElements\CodeIgniter\Config\WebSocket as WebSocketConfig;
use WsElements\CodeIgniter\Drivers\DriverFactory;
use WsElements\CodeIgniter\Drivers\TimedDriver;
use WsElements\CodeIgniter\Identity\Visitor;
use WsElements\CodeIgniter\Publishing\AfterCommit;
use WsElements\CodeIgniter\Publishing\ChangedRows;
use WsElements\CodeIgniter\View\ScriptTag;
use WsElements\CodeIgniter\WebSocket;
use WsElements\Publisher\Publisher;

/**
 * The package's services. What they remember ends with the request, also in worker mode, where the framework forgets
 * them between two.
 */
class Services extends BaseService
{
    /**
     * Publishes: `service('websocket')->user($id)->notify('New order', '#12345')`.
     */
    public static function websocket(bool $getShared = true): WebSocket
    {
        if ($getShared) {
            $shared = static::getSharedInstance('websocket');

            return $shared instanceof WebSocket ? $shared : static::websocket(false);
        }

        $config = self::websocketconfig();
        $logger = FrameworkServices::logger();

        $driver = DriverFactory::make($config, $logger);

        return new WebSocket(new Publisher(CI_DEBUG ? TimedDriver::around($driver, static::websocketlog()) : $driver, $logger));
    }

    /**
     * Who is looking at the page, and what they may do.
     */
    public static function websocketvisitor(bool $getShared = true): Visitor
    {
        if ($getShared) {
            $shared = static::getSharedInstance('websocketvisitor');

            return $shared instanceof Visitor ? $shared : static::websocketvisitor(false);
        }

        return Visitor::of(self::websocketconfig(), FrameworkServices::request());
    }

    /**
     * The script's tag, for {@see ws_script()}.
     */
    public static function websocketscript(bool $getShared = true): ScriptTag
    {
        if ($getShared) {
            $shared = static::getSharedInstance('websocketscript');

            return $shared instanceof ScriptTag ? $shared : static::websocketscript(false);
        }

        return new ScriptTag(self::websocketconfig(), FrameworkServices::csp(), static::websocket());
    }

    /**
     * Publishes what was written once it is sure to stay.
     */
    public static function websocketaftercommit(bool $getShared = true): AfterCommit
    {
        if ($getShared) {
            $shared = static::getSharedInstance('websocketaftercommit');

            return $shared instanceof AfterCommit ? $shared : static::websocketaftercommit(false);
        }

        return new AfterCommit(FrameworkServices::logger(), is_cli());
    }

    /**
     * Whether anything has asked for {@see self::websocketaftercommit()} in this request. `BaseService::has()` says so only
     * since CodeIgniter 4.7; before, it is taken for a service of that name, which nobody has.
     *
     * @internal
     */
    public static function hasWebsocketaftercommit(): bool
    {
        return isset(static::$instances['websocketaftercommit']);
    }

    /**
     * What this request has published, for the debug toolbar.
     */
    public static function websocketlog(bool $getShared = true): PublicationLog
    {
        if ($getShared) {
            $shared = static::getSharedInstance('websocketlog');

            return $shared instanceof PublicationLog ? $shared : static::websocketlog(false);
        }

        return new PublicationLog();
    }

    /**
     * What models have written in this request, and is not published yet.
     */
    public static function websocketchanges(bool $getShared = true): ChangedRows
    {
        if ($getShared) {
            $shared = static::getSharedInstance('websocketchanges');

            return $shared instanceof ChangedRows ? $shared : static::websocketchanges(false);
        }

        return new ChangedRows(static::websocketaftercommit());
    }

    /**
     * The application's `Config\WebSocket`, else the package's.
     */
    public static function websocketconfig(): WebSocketConfig
    {
        $config = config('WebSocket');

        // An application may have had a class of that name for something else.
        return $config instanceof WebSocketConfig ? $config : new WebSocketConfig();
    }
}
