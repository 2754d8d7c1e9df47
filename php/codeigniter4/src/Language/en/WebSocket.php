<?php

declare(strict_types=1);

return [
    'guest'          => 'Guest {0}',
    'server'         => 'Server',
    'title'          => 'Live',
    'youAre'         => 'You are {0}',
    'signIn'         => 'Sign in to join',
    'signInWhy'      => 'Messages and notifications are for people with an account.',
    'nextSteps'      => 'Next steps',
    'onlyYou'        => 'Only you see this: it is shown in development.',
    'whoIsIt'        => 'Nobody is signed in. Users come from Shield, or from the session by its key {0}. To let guests in, put this into .env:',
    'grantSomething' => 'You are known, and no authorizer lets you read the channel {0}. Make one, or open the default channel to everyone in .env:',
];
