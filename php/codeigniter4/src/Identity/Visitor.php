<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Identity;

use CodeIgniter\HTTP\IncomingRequest;
use CodeIgniter\HTTP\RequestInterface;
use CodeIgniter\HTTP\ResponseInterface;
use InvalidArgumentException;
use WsElements\CodeIgniter\Authorizers\Authorizer;
use WsElements\CodeIgniter\Authorizers\Patterns;
use WsElements\CodeIgniter\Config\WebSocket as WebSocketConfig;
use WsElements\CodeIgniter\View\PageCache;
use WsElements\Publisher\Grants;

/**
 * Who sent this request, and what they may do: asked once, and only by what needs it.
 */
final class Visitor
{
    /**
     * False: not asked yet.
     */
    private false|Identity|null $identity = false;

    private false|Grants|null $grants = false;

    /**
     * @param IncomingRequest|null $request Null on the command line, where nobody is.
     */
    public function __construct(
        private readonly WebSocketConfig $config,
        private readonly ?IncomingRequest $request,
        private readonly IdentityProvider $provider,
        private readonly Authorizer $authorizer,
    ) {
    }

    /**
     * With what the settings name.
     */
    public static function of(WebSocketConfig $config, RequestInterface $request): self
    {
        $provider = match (true) {
            $config->identity !== ''              => self::make($config->identity, IdentityProvider::class, 'websocket.identity'),
            ShieldIdentityProvider::isAvailable() => new ShieldIdentityProvider(),
            default                               => new SessionIdentityProvider($config),
        };

        return new self(
            $config,
            $request instanceof IncomingRequest ? $request : null,
            $provider,
            self::make($config->authorizer, Authorizer::class, 'websocket.authorizer'),
        );
    }

    /**
     * Null: nobody who is signed in, and no guest who is known.
     *
     * @param ResponseInterface|null $response Where guests are let in, gets the cookie by which one is known again.
     */
    public function identity(?ResponseInterface $response = null): ?Identity
    {
        if ($this->request === null) {
            return null;
        }
        if ($this->identity === false) {
            $this->identity = $this->provider->identify($this->request);
        }
        if ($this->identity === null && $this->config->allowGuests) {
            $this->identity = Guest::identify($this->request, $this->config->secret, $response);
        }

        return $this->identity;
    }

    /**
     * Null: not even a connection.
     */
    public function grants(): ?Grants
    {
        $identity = $this->identity();

        if ($this->grants === false || $identity === null) {
            $this->grants = $identity === null ? null : $this->authorizer->authorize($identity);
        }

        return $this->grants;
    }

    /**
     * Whether a page may show this visitor what is on a channel. On a page that is kept for everyone nobody is
     * asked, and nobody may.
     */
    public function mayRead(string $channel): bool
    {
        if (PageCache::isOn()) {
            return false;
        }

        $identity = $this->identity();

        if ($identity === null && $this->request !== null && $this->config->allowGuests) {
            $identity = Guest::stranger();
            $grants   = $this->authorizer->authorize($identity);
        } else {
            $grants = $this->grants();
        }

        return $identity !== null && $grants !== null && (
            in_array($channel, ['broadcast', "user:{$identity->id}"], true)
            || Patterns::cover($grants->read, $channel)
        );
    }

    /**
     * @template T of object
     *
     * @param class-string<T> $type
     *
     * @return T
     */
    private static function make(string $class, string $type, string $setting): object
    {
        $object = class_exists($class) ? new $class() : null;

        if (! $object instanceof $type) {
            throw new InvalidArgumentException("{$setting}: expected a class that implements {$type}, got \"{$class}\"");
        }

        return $object;
    }
}
