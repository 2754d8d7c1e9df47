<?php

namespace Config;

use CodeIgniter\Config\BaseConfig;

/**
 * As strict as the framework's class can be: nothing but what is named, scripts by their nonce alone.
 */
class ContentSecurityPolicy extends BaseConfig
{
    public bool $reportOnly              = false;
    public ?string $reportURI            = null;
    public ?string $reportTo             = null;
    public bool $upgradeInsecureRequests = false;
    public $defaultSrc                   = 'none';
    public $scriptSrc                    = [];
    public array|string $scriptSrcElem   = [];
    public array|string $scriptSrcAttr   = 'none';
    public $styleSrc                     = 'self';
    public array|string $styleSrcElem    = 'self';
    public array|string $styleSrcAttr    = 'none';
    public $imageSrc                     = 'self';
    public $baseURI                      = 'none';
    public $childSrc                     = 'none';
    public $connectSrc                   = 'none';
    public $fontSrc                      = 'none';
    public $formAction                   = 'self';
    public $frameAncestors               = 'none';
    public $frameSrc                     = 'none';
    public $mediaSrc                     = 'none';
    public $objectSrc                    = 'none';
    public $manifestSrc                  = 'none';
    public array|string $workerSrc       = 'none';
    public $pluginTypes;
    public $sandbox;
    public string $styleNonceTag  = '{csp-style-nonce}';
    public string $scriptNonceTag = '{csp-script-nonce}';
    public bool $autoNonce        = true;
}
