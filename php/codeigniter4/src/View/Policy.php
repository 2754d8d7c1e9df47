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
        // 'none' says nothing beside others, and browsers complain of it.
        if (in_array('none', $connect, true)) {
            $this->replaceConnectSrc(array_values(array_diff([...$connect, ...$added], ['none'])));

            return;
        }
        $this->csp->addConnectSrc(array_values(array_diff($connect === [] ? [...$allowed, ...$added] : $added, ['none'])));
    }

    /**
     * For the script's tag; null where it would do harm: beside it, `'unsafe-inline'` no longer counts, on which the
     * application's own scripts may live.
     */
    public function nonce(): ?string
    {
        return $this->isHarmedByNonce() ? null : $this->csp->getScriptNonce();
    }

    /**
     * In the place of the nonce's attribute: the framework fills it in when it sends a page. Null where it does not, or where
     * it would do harm.
     */
    public function placeholder(): ?string
    {
        $values = (fn (): array => get_object_vars($this))->call($this->csp);
        $tag    = $values['scriptNonceTag'] ?? null;

        return ($values['autoNonce'] ?? null) === true && is_string($tag) && ! $this->isHarmedByNonce() ? $tag : null;
    }

    private function isHarmedByNonce(): bool
    {
        $scripts = [...$this->sources('scriptSrc'), ...$this->sources('scriptSrcElem')];
        $hasIt   = array_filter($scripts, static fn (string $source): bool => preg_match('/\A(nonce-|sha\d+-|strict-dynamic\z)/', $source) === 1) !== [];

        return in_array('unsafe-inline', $scripts, true) && ! $hasIt;
    }

    /**
     * The class can add, and has no way to replace.
     *
     * @param list<string> $sources
     */
    private function replaceConnectSrc(array $sources): void
    {
        (function (): void {
            $this->connectSrc = [];
        })->call($this->csp);
        $this->csp->addConnectSrc($sources);
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
