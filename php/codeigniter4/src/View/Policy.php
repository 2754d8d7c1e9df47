<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\View;

use CodeIgniter\HTTP\ContentSecurityPolicy;

/**
 * What a page's Content-Security-Policy needs beside what the application has in it. Never takes anything away: to name a
 * directive that was absent would end what `default-src` allowed, and a nonce ends `'unsafe-inline'`.
 */
final class Policy
{
    public function __construct(private readonly ContentSecurityPolicy $csp)
    {
    }

    /**
     * Lets elements connect to the server, and fetch tokens and texts from the page's own host.
     *
     * @param string|null $origin Scheme, host and port.
     */
    public function letConnect(?string $origin): void
    {
        $connect = $this->sources('connectSrc');
        // The framework writes 'self' where there is no default-src.
        $allowed = $connect !== [] ? $connect : ($this->sources('defaultSrc') ?: ['self']);
        $needed  = array_filter(['self', $origin], is_string(...));

        $added = in_array('*', $allowed, true) ? [] : array_diff($needed, $allowed);

        if ($added === []) {
            return;
        }
        // 'none' says nothing beside others.
        $this->csp->addConnectSrc(array_values(array_diff($connect === [] ? [...$allowed, ...$added] : $added, ['none'])));
    }

    /**
     * For the script's tag; null where it would do harm: beside it, `'unsafe-inline'` no longer counts, on which the
     * application's own scripts may live.
     */
    public function nonce(): ?string
    {
        $scripts = [...$this->sources('scriptSrc'), ...$this->sources('scriptSrcElem')];
        $hasIt   = array_filter($scripts, static fn (string $source): bool => preg_match('/\A(nonce-|sha\d+-|strict-dynamic\z)/', $source) === 1) !== [];

        return in_array('unsafe-inline', $scripts, true) && ! $hasIt ? null : $this->csp->getScriptNonce();
    }

    /**
     * What a directive allows now, configured or added in this request. The class has no way to ask.
     *
     * @return list<string>
     */
    private function sources(string $directive): array
    {
        $value = (fn (): mixed => get_object_vars($this)[$directive] ?? null)->call($this->csp);

        if (is_string($value)) {
            return $value === '' ? [] : [$value];
        }
        if (! is_array($value)) {
            return [];
        }

        $sources = [];

        foreach ($value as $key => $each) {
            $sources[] = is_string($key) ? $key : (is_string($each) ? $each : '');
        }

        return array_values(array_filter($sources, static fn (string $source): bool => $source !== ''));
    }
}
