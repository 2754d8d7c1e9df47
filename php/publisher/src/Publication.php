<?php

declare(strict_types=1);

namespace WsElements\Publisher;

use WsElements\Publisher\Exceptions\InvalidMessage;

/**
 * One message and whom it is for: what a {@see Driver} gets.
 */
final readonly class Publication
{
    private const IDEMPOTENCY_KEY = '/\A.{1,255}\z/su';

    /**
     * Of the message: `notification`, `data_update` …
     */
    public string $type;

    /**
     * The request as it is sent.
     */
    public string $json;

    /**
     * @param array<array-key, mixed> $data           The message with its `type`, as {@see Message} builds it.
     * @param string|null             $idempotencyKey The same key for the same recipient is published once in ten minutes.
     *
     * @throws InvalidMessage Something in it can not be published, or not be JSON.
     */
    public function __construct(
        public Recipient $recipient,
        public array $data,
        public ?string $idempotencyKey = null,
    ) {
        $type       = $data['type'] ?? null;
        $this->type = is_string($type) ? Names::type($type) : throw InvalidMessage::expected('type', 'text', $type);
        if ($idempotencyKey !== null && preg_match(self::IDEMPOTENCY_KEY, $idempotencyKey) !== 1) {
            throw InvalidMessage::expected('idempotencyKey', '1–255 characters', $idempotencyKey);
        }
        $this->json = Json::encode($this->toArray(), 'data');
    }

    /**
     * The request as the server takes it, for a queue to keep.
     *
     * @return array<string, mixed>
     */
    public function toArray(): array
    {
        $id = $this->recipient->kind === RecipientKind::Broadcast ? true : $this->recipient->id;

        return [
            $this->recipient->kind->value => $id,
            'data'                        => $this->data,
            ...($this->idempotencyKey === null ? [] : ['idempotencyKey' => $this->idempotencyKey]),
        ];
    }

    /**
     * Reads what {@see toArray()} wrote, also after it was JSON.
     *
     * @param array<array-key, mixed> $request
     *
     * @throws InvalidMessage
     */
    public static function fromArray(array $request): self
    {
        $kinds = array_values(array_filter(
            RecipientKind::cases(),
            static fn (RecipientKind $kind): bool => array_key_exists($kind->value, $request),
        ));
        if (count($kinds) !== 1) {
            throw new InvalidMessage('expected exactly one of channel, user, client and broadcast', 'channel');
        }

        [$kind] = $kinds;
        $id     = $kind === RecipientKind::Broadcast ? '' : $request[$kind->value];
        $data   = $request['data'] ?? null;
        $key    = $request['idempotencyKey'] ?? null;

        return new self(
            new Recipient($kind, is_string($id) ? $id : throw InvalidMessage::expected($kind->value, 'text', $id)),
            is_array($data) ? $data : throw InvalidMessage::expected('data', 'an array', $data),
            $key === null || is_string($key) ? $key : throw InvalidMessage::expected('idempotencyKey', 'text', $key),
        );
    }
}
