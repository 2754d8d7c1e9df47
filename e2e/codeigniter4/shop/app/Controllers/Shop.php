<?php

namespace App\Controllers;

use CodeIgniter\HTTP\RedirectResponse;

class Shop extends BaseController
{
    public function index(): string
    {
        return view('shop', ['user' => auth()->user()]);
    }

    /**
     * The same for everyone, and kept by the framework.
     */
    public function kept(): string
    {
        $this->cachePage(60);

        return view('kept');
    }

    /**
     * Tells somebody of an order: stored, and pushed.
     */
    public function order(): RedirectResponse
    {
        $began = hrtime(true);
        service('websocket')->notifications()->send(
            (string) $this->request->getPost('user_id'),
            (string) $this->request->getPost('title'),
            (string) $this->request->getPost('message'),
            ['link' => (string) $this->request->getPost('link'), 'priority' => 'high'],
        );
        $spent = (hrtime(true) - $began) / 1_000_000;

        return redirect()->to('shop')->with('done', sprintf('Order sent in %d ms', $spent));
    }

    /**
     * As a row that is there from elsewhere, and a careless publish: nothing is checked on its way to the pages.
     */
    public function unchecked(): string
    {
        $fields = $this->request->getPost(['user_id', 'title', 'message', 'link']);
        $db     = db_connect();
        $db->table('notifications')->insert([...$fields, 'priority' => 'high', 'created_at' => date('Y-m-d H:i:s')]);
        $id = (string) $db->insertID();
        service('websocket')->user($fields['user_id'])->send('notification', [...$fields, 'id' => $id]);

        return $this->index();
    }

    /**
     * Whatever an address says, as the name of a channel and of what is on it.
     */
    public function channel(): string
    {
        return view('channel', ['channel' => (string) $this->request->getGet('name')]);
    }

    /**
     * A form that has nothing to do with any of this.
     */
    public function note(): RedirectResponse
    {
        return redirect()->to('shop')->with('done', 'Noted: ' . $this->request->getPost('note'));
    }
}
