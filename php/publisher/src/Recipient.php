<?php

declare(strict_types=1);

namespace WsElements\Publisher;

use Stringable;
use WsElements\Publisher\Exceptions\InvalidMessage;

/**
 * Whom a publication is for: a channel, a user, one client or everyone.
 */
final readonly class Recipient implements Stringable
{
    /**
     * @throws InvalidMessage $id can be none of that kind.
     */
    public function __construct(public RecipientKind $kind, public string $id = '')
    {
        match ($kind) {
            RecipientKind::Channel   => Names::channel($id),
            RecipientKind::User      => Names::user($id),
            RecipientKind::Client    => Names::client($id),
            RecipientKind::Broadcast => $id === '' || throw InvalidMessage::expected('broadcast', 'no id', $id),
        };
    }

    /**
     * The channel on which it lands; null for one client.
     */
    public function channel(): ?string
    {
        return match ($this->kind) {
            RecipientKind::Channel   => $this->id,
            RecipientKind::User      => Names::USER_PREFIX . $this->id,
            RecipientKind::Client    => null,
            RecipientKind::Broadcast => Names::BROADCAST,
        };
    }

    /**
     * For logs and panels: `channel lobby`, `user 42`, `client c_4fzyo82mvyr`, `broadcast`.
     */
    public function __toString(): string
    {
        return Excerpt::line(trim("{$this->kind->value} {$this->id}"));
    }
}
