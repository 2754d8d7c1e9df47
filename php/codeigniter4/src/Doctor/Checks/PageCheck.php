<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Doctor\Checks;

use WsElements\CodeIgniter\Doctor\Check;
use WsElements\CodeIgniter\Doctor\Finding;
use WsElements\CodeIgniter\Doctor\NoAnswer;
use WsElements\CodeIgniter\Doctor\SourceList;
use WsElements\CodeIgniter\Doctor\Subject;

/**
 * Looks at a page of the application as a browser gets it: its policy, and the address that gives tokens.
 */
final class PageCheck implements Check
{
    /**
     * @param string $page  Path of a page that has the script.
     * @param string $token Path of the token endpoint.
     */
    public function __construct(
        private readonly string $page = 'websocket',
        private readonly string $token = 'websocket/token',
    ) {
    }

    public function check(Subject $subject): iterable
    {
        $base = rtrim($subject->baseUrl, '/');

        try {
            $page = $subject->probe->get($subject->config->routes ? "{$base}/{$this->page}" : "{$base}/");
        } catch (NoAnswer $failure) {
            yield Finding::unknown('csp', "No page could be looked at: {$base}/ does not answer: {$failure->getMessage()}", 'Start the application (php spark serve), or set app.baseURL to where it is, and run this again.');

            return;
        }
        $forbidden = SourceList::forbidsConnect($page->all('content-security-policy'), (string) $subject->address->origin, $subject->pageOrigin);

        yield match (true) {
            $page->status >= 400 => Finding::warning('csp', "{$base}/{$this->page} answers {$page->status}.", $page->status === 404
                ? 'The package\'s routes are not there: see "discovery". If a web server answers it, let it pass what is no file to index.php.'
                : 'The log in writable/logs/ says why.'),
            $forbidden !== null => Finding::failure('csp', "The page's policy lets it not connect to {$subject->address->origin}: {$forbidden}", "ws_script() adds it for pages that it is on. What a web server, a filter or a page without it sends needs: connect-src 'self' {$subject->address->origin}."),
            default             => Finding::good('csp', $page->all('content-security-policy') === [] ? 'no policy on the page' : 'the page may connect'),
        };

        if ($subject->config->routes) {
            yield $this->endpoint($subject, "{$base}/{$this->token}");
        }
    }

    private function endpoint(Subject $subject, string $url): Finding
    {
        try {
            $answer = $subject->probe->get($url, ['Accept' => 'application/json']);
        } catch (NoAnswer $failure) {
            return Finding::unknown('token', "{$url} does not answer: {$failure->getMessage()}", 'Start the application, and run this again.');
        }
        $isKept = ! str_contains(strtolower($answer->header('cache-control') ?? ''), 'no-store');

        return match (true) {
            $answer->status >= 300 && $answer->status < 400                          => Finding::failure('token', "{$url} redirects ({$answer->status}): pages get no token.", 'A filter sends those to the sign-in who are not signed in, or a web server changes the address. Except websocket/token in app/Config/Filters.php: it answers 401 itself.'),
            $answer->status === 404                                                  => Finding::failure('token', "{$url} is not there (404).", 'See "discovery"; and php spark routes has it. Without index.php in addresses the web server has to rewrite them.'),
            $answer->status >= 500                                                   => Finding::failure('token', "{$url} fails ({$answer->status}).", 'The log in writable/logs/ says why.'),
            $answer->status === 200 && ! is_string($answer->json()['token'] ?? null) => Finding::failure('token', "{$url} answers 200 without a token.", 'Another route, or a page cache, has the address. php spark routes shows which.'),
            $answer->status === 200 && $isKept                                       => Finding::failure('token', "{$url} lets its answer be kept: one user's token may reach another.", 'A filter or a web server changes Cache-Control: leave websocket/token out of it.'),
            default                                                                  => Finding::good('token', $answer->status === 200 ? 'guests get one' : "{$answer->status} to who is not signed in"),
        };
    }
}
