<?php

namespace App\Database\Seeds;

use CodeIgniter\Database\Seeder;
use CodeIgniter\Shield\Entities\User;

/**
 * Ana is user 1, Ben user 2.
 */
class UserSeeder extends Seeder
{
    public function run(): void
    {
        $users = auth()->getProvider();

        foreach (['ana', 'ben'] as $name) {
            $user = new User(['username' => $name, 'email' => "{$name}@shop.example", 'password' => 'espresso, three bags']);
            $users->save($user);
            $users->activate($users->findById($users->getInsertID()));
        }
    }
}
