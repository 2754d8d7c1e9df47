<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Identity;

/**
 * Who somebody is.
 */
final readonly class Identity
{
    /**
     * Code points.
     */
    private const MAX_NAME = 64;

    /**
     * What others see; null where there is none.
     */
    public ?string $name;

    /**
     * @param string      $id   Of the user: 1–123 of A–Z a–z 0–9 _ . : @ / -.
     * @param object|null $user The application's own object, where there is one: Shield's `User`, with its groups.
     */
    public function __construct(
        public string $id,
        ?string $name = null,
        public bool $isGuest = false,
        public ?object $user = null,
    ) {
        // As elements show names: without control characters and marks that turn the direction of what follows.
        $visible    = preg_replace('/[\p{Cc}\p{Zl}\p{Zp}\x{061C}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2066}-\x{2069}]+/u', ' ', mb_scrub((string) $name, 'UTF-8'));
        $short      = mb_substr(trim((string) $visible), 0, self::MAX_NAME, 'UTF-8');
        $this->name = $short === '' ? null : $short;
    }
}
