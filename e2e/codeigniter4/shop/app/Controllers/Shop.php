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
     * A form that has nothing to do with any of this.
     */
    public function note(): RedirectResponse
    {
        return redirect()->to('shop')->with('done', 'Noted: ' . $this->request->getPost('note'));
    }
}
