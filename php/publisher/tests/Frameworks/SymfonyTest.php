<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Frameworks;

use WsElements\Publisher\Tests\Support\Skeleton;

/**
 * @internal
 */
final class SymfonyTest extends FrameworkTestCase
{
    protected static function heading(): string
    {
        return 'Symfony';
    }

    protected static function make(): Skeleton
    {
        return Skeleton::make('symfony/skeleton', ['symfony/security-bundle' => '*', 'symfony/twig-bundle' => '*']);
    }

    protected static function fill(Skeleton $skeleton, array $settings): array
    {
        [$token, $order, $chat] = self::examples();
        [$services]             = self::examples('yaml');
        [$view]                 = self::examples('twig');

        $skeleton->write('.env', self::dotEnv(['APP_ENV' => 'dev', 'APP_SECRET' => bin2hex(random_bytes(16)), ...$settings]));
        $skeleton->write('config/packages/websocket.yaml', $services);
        $skeleton->write('templates/chat.html.twig', $view);
        $skeleton->write('src/Controller/ChatController.php', <<<PHP
            <?php

            namespace App\\Controller;

            use App\\Entity\\User;
            use Symfony\\Bundle\\FrameworkBundle\\Controller\\AbstractController;
            use Symfony\\Bundle\\SecurityBundle\\Security;
            use Symfony\\Component\\DependencyInjection\\Attribute\\Autowire;
            use Symfony\\Component\\HttpFoundation\\JsonResponse;
            use Symfony\\Component\\HttpFoundation\\Response;
            use Symfony\\Component\\Routing\\Attribute\\Route;
            use Symfony\\Component\\Security\\Http\\Attribute\\IsGranted;

            class ChatController extends AbstractController
            {
                {$token}
                {$order}
                {$chat}
                #[Route('/sign-in')]
                public function signIn(Security \$security): Response
                {
                    \$security->login(new User(42), 'form_login');

                    return new Response('signed in');
                }

                #[Route('/login', name: 'login')]
                public function login(): Response
                {
                    return new Response('<form method="post"></form>');
                }
            }

            PHP);
        self::writeWhatRecipesWrite($skeleton);

        return [];
    }

    /**
     * What Symfony's recipes and its maker leave in every application, as small as it may be.
     */
    private static function writeWhatRecipesWrite(Skeleton $skeleton): void
    {
        $skeleton->write('public/index.php', <<<'PHP'
            <?php

            use App\Kernel;

            require_once dirname(__DIR__) . '/vendor/autoload_runtime.php';

            return fn (array $context) => new Kernel($context['APP_ENV'], (bool) $context['APP_DEBUG']);

            PHP);
        $skeleton->write('src/Kernel.php', <<<'PHP'
            <?php

            namespace App;

            use Symfony\Bundle\FrameworkBundle\Kernel\MicroKernelTrait;
            use Symfony\Component\HttpKernel\Kernel as BaseKernel;

            class Kernel extends BaseKernel
            {
                use MicroKernelTrait;
            }

            PHP);
        $skeleton->write('config/bundles.php', <<<'PHP'
            <?php

            return [
                Symfony\Bundle\FrameworkBundle\FrameworkBundle::class => ['all' => true],
                Symfony\Bundle\SecurityBundle\SecurityBundle::class => ['all' => true],
                Symfony\Bundle\TwigBundle\TwigBundle::class => ['all' => true],
            ];

            PHP);
        $skeleton->write('config/routes.yaml', <<<'YAML'
            controllers:
                resource: routing.controllers

            YAML);
        $skeleton->write('config/services.yaml', <<<'YAML'
            services:
                _defaults: { autowire: true, autoconfigure: true }
                App\: { resource: '../src/' }

            YAML);
        $skeleton->write('config/packages/framework.yaml', <<<'YAML'
            framework:
                secret: '%env(APP_SECRET)%'
                session: true

            YAML);
        $skeleton->write('config/packages/security.yaml', <<<'YAML'
            security:
                providers:
                    users: { id: App\Security\UserProvider }
                firewalls:
                    main:
                        lazy: true
                        provider: users
                        form_login: { login_path: login, check_path: login }

            YAML);
        $skeleton->write('src/Entity/User.php', <<<'PHP'
            <?php

            namespace App\Entity;

            use Symfony\Component\Security\Core\User\UserInterface;

            class User implements UserInterface
            {
                public function __construct(private ?int $id = null)
                {
                }

                public function getId(): ?int
                {
                    return $this->id;
                }

                public function getUserIdentifier(): string
                {
                    return "user{$this->id}@shop.example";
                }

                public function getRoles(): array
                {
                    return ['ROLE_USER'];
                }

                public function eraseCredentials(): void
                {
                }
            }

            PHP);
        $skeleton->write('src/Security/UserProvider.php', <<<'PHP'
            <?php

            namespace App\Security;

            use App\Entity\User;
            use Symfony\Component\Security\Core\User\UserInterface;
            use Symfony\Component\Security\Core\User\UserProviderInterface;

            class UserProvider implements UserProviderInterface
            {
                public function loadUserByIdentifier(string $identifier): UserInterface
                {
                    return new User((int) filter_var($identifier, FILTER_SANITIZE_NUMBER_INT));
                }

                public function refreshUser(UserInterface $user): UserInterface
                {
                    return $user;
                }

                public function supportsClass(string $class): bool
                {
                    return $class === User::class;
                }
            }

            PHP);
    }
}
