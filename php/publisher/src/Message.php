<?php

declare(strict_types=1);

namespace WsElements\Publisher;

use WsElements\Publisher\Exceptions\InvalidMessage;

/**
 * Builds the `data` of publications: the documentation's messages, each with the fields that it needs, and any other.
 * Pure: checks, and sends nothing.
 */
final class Message
{
    public const PRIORITIES   = ['low', 'normal', 'high'];
    private const MAX_ACTIONS = 3;

    /**
     * Any type. `timestamp` is added by the server where there is none.
     *
     * @param array<array-key, mixed> $data Fields of the application's own.
     *
     * @return array<array-key, mixed>
     *
     * @throws InvalidMessage
     */
    public static function of(string $type, array $data = []): array
    {
        Names::type($type);

        foreach (['channel', 'offset', 'epoch'] as $field) {
            if (array_key_exists($field, $data)) {
                throw new InvalidMessage("{$field}: this field is the server's to say; give yours another name", $field);
            }
        }
        if (array_key_exists('type', $data) && $data['type'] !== $type) {
            throw InvalidMessage::expected('type', "\"{$type}\" or nothing among the fields", $data['type']);
        }
        if (! isset($data['timestamp'])) {
            unset($data['timestamp']);
        }

        // Not by spreading, which would number anew what has numbers as names.
        return ['type' => $type] + $data;
    }

    /**
     * @param array<array-key, mixed> $options `priority` (low, normal, high), `link` (http:, https: or a path), `id` (the same
     *                                         one is never shown twice), `actions` (at most three, each with a `label` and a
     *                                         `link` or a `name`), `timestamp`, and what else the application wants to tell.
     *
     * @return array<array-key, mixed>
     *
     * @throws InvalidMessage
     */
    public static function notification(string $title, string $message = '', array $options = []): array
    {
        $options = self::own($options, ['title', 'message']);
        if (isset($options['priority']) && ! in_array($options['priority'], self::PRIORITIES, true)) {
            throw InvalidMessage::expected('priority', implode(', ', self::PRIORITIES), $options['priority']);
        }
        if (isset($options['link'])) {
            self::link($options['link'], 'link');
        }
        if (isset($options['id'])) {
            $options['id'] = is_int($options['id']) ? (string) $options['id'] : self::text($options['id'], 'id');
        }
        if (isset($options['actions'])) {
            $options['actions'] = self::actions($options['actions']);
        }

        return self::of('notification', [
            'title' => self::text($title, 'title'),
            ...($message === '' ? [] : ['message' => $message]),
        ] + $options);
    }

    /**
     * @param string                         $action `create`, `update`, `delete`, or one of the application's own.
     * @param array<array-key, mixed>|object $row    Its columns; with an object, what it is as JSON.
     *
     * @return array<array-key, mixed>
     *
     * @throws InvalidMessage
     */
    public static function dataUpdate(string $entity, string $action, array|object $row): array
    {
        return self::of('data_update', [
            'entity' => self::text($entity, 'entity'),
            'action' => self::text($action, 'action'),
            // An empty array would be a list as JSON.
            'data' => is_array($row) ? (object) $row : $row,
        ]);
    }

    /**
     * @param array<array-key, mixed> $more Fields of the application's own.
     *
     * @return array<array-key, mixed>
     *
     * @throws InvalidMessage
     */
    public static function statusUpdate(string $system, string $status, string $message = '', array $more = []): array
    {
        return self::of('status_update', [
            'system' => self::text($system, 'system'),
            'status' => self::text($status, 'status'),
            ...($message === '' ? [] : ['message' => $message]),
        ] + self::own($more, ['system', 'status', 'message']));
    }

    /**
     * @param array<array-key, mixed> $more Fields of the application's own.
     *
     * @return array<array-key, mixed>
     *
     * @throws InvalidMessage
     */
    public static function userActivity(int|string $userId, string $activity, array $more = []): array
    {
        return self::of('user_activity', [
            'userId'   => is_int($userId) ? $userId : self::text($userId, 'userId'),
            'activity' => self::text($activity, 'activity'),
        ] + self::own($more, ['userId', 'activity']));
    }

    /**
     * What a caller adds: without what says nothing, and without the names that have arguments of their own.
     *
     * @param array<array-key, mixed> $fields
     * @param list<string>            $taken
     *
     * @return array<array-key, mixed>
     */
    private static function own(array $fields, array $taken): array
    {
        foreach ($taken as $name) {
            if (array_key_exists($name, $fields)) {
                throw new InvalidMessage("{$name}: give it as an argument, not among the further fields", $name);
            }
        }

        return array_filter($fields, static fn (mixed $value): bool => $value !== null);
    }

    private static function text(mixed $text, string $field): string
    {
        return is_string($text) && $text !== '' ? $text : throw InvalidMessage::expected($field, 'text', $text);
    }

    /**
     * What elements follow: `http:`, `https:`, or an address without a scheme. Whatever stands before the first colon is one,
     * also with the white space in it that browsers ignore.
     */
    private static function link(mixed $link, string $field): string
    {
        $link = self::text($link, $field);
        if (preg_match('~\A[^/?#:]*:~', $link) === 1 && preg_match('~\A\s*https?:~i', $link) !== 1) {
            throw InvalidMessage::expected($field, 'http:, https: or a path', $link);
        }

        return $link;
    }

    /**
     * @return list<array<array-key, mixed>>
     */
    private static function actions(mixed $actions): array
    {
        if (! is_array($actions) || ! array_is_list($actions) || count($actions) > self::MAX_ACTIONS) {
            throw InvalidMessage::expected('actions', 'a list of at most ' . self::MAX_ACTIONS, $actions);
        }

        $checked = [];

        foreach ($actions as $index => $action) {
            if (! is_array($action)) {
                throw InvalidMessage::expected("actions.{$index}", 'an array with a label and a link or a name', $action);
            }
            self::text($action['label'] ?? null, "actions.{$index}.label");
            if (isset($action['link'])) {
                self::link($action['link'], "actions.{$index}.link");
            } else {
                self::text($action['name'] ?? null, "actions.{$index}.name");
            }
            $checked[] = array_filter($action, static fn (mixed $value): bool => $value !== null);
        }

        return $checked;
    }
}
