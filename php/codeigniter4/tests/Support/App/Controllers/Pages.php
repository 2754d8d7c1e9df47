<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Support\App\Controllers;

use CodeIgniter\Controller;
use CodeIgniter\HTTP\IncomingRequest;
use CodeIgniter\HTTP\RedirectResponse;
use Config\Database;
use WsElements\CodeIgniter\Identity\SessionReader;
use WsElements\CodeIgniter\Tests\Support\App\Models\NotificationModel;

/**
 * Pages of an application, for tests that need a browser's requests.
 *
 * @internal
 */
final class Pages extends Controller
{
    public function signIn(string $id): string
    {
        // As if it had begun long ago: the framework gives it another id the next time a page is asked for.
        session()->set(['user_id' => $id, 'user_name' => "User {$id}", '__ci_last_regenerate' => 1]);

        $forge = Database::forge();
        $forge->addField([
            'id' => ['type' => 'INTEGER', 'auto_increment' => true],
            ...array_fill_keys(['user_id', 'title', 'message', 'priority', 'link', 'created_at', 'read_at'], ['type' => 'TEXT', 'null' => true]),
        ]);
        $forge->addPrimaryKey('id');
        $forge->createTable('notifications', true);
        model(NotificationModel::class)->insert(['user_id' => $id, 'title' => "Only for {$id}"]);

        return "signed in {$id}";
    }

    public function save(): RedirectResponse
    {
        session()->set('__ci_last_regenerate', 1);

        return redirect()->to('test/saved')->with('message', 'Saved');
    }

    public function note(): RedirectResponse
    {
        return redirect()->to('test/saved')->with('message', 'Noted');
    }

    /**
     * As where a filter has begun the session.
     */
    public function look(): string
    {
        session();

        return $this->request instanceof IncomingRequest ? SessionReader::readOnce($this->request, static fn (): string => 'looked') : '';
    }

    public function saved(): string
    {
        $message = session('message');

        return is_string($message) ? "message: {$message}" : 'message: none';
    }

    public function page(): string
    {
        return '<!DOCTYPE html><title>Page</title>' . ws_script()
            . view_cell('StatusCell') . view_cell('NotificationsCell') . view_cell('ChatCell');
    }

    public function kept(): string
    {
        $this->cachePage(60);

        return $this->page();
    }
}
