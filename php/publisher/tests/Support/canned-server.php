<?php

declare(strict_types=1);

/**
 * The process of CannedServer: `canned-server.php ANSWER-FILE close|hang|drip [CERTIFICATE]`.
 */
$arguments   = is_array($_SERVER['argv']) ? $_SERVER['argv'] : [];
$file        = is_string($arguments[1] ?? null) ? $arguments[1] : '';
$end         = $arguments[2] ?? '';
$certificate = is_string($arguments[3] ?? null) ? $arguments[3] : '';

$answer  = (string) file_get_contents($file);
$context = stream_context_create($certificate === '' ? [] : ['ssl' => ['local_cert' => $certificate]]);
$server  = stream_socket_server(($certificate === '' ? 'tcp' : 'tls') . '://127.0.0.1:0', $code, $message, context: $context);
if ($server === false) {
    exit($message);
}
echo substr((string) strrchr((string) stream_socket_get_name($server, false), ':'), 1), "\n";
$open = [];

while (true) {
    // False where a handshake failed, which is what some tests are about.
    $client = @stream_socket_accept($server, 60);
    if ($client === false) {
        continue;
    }
    stream_set_timeout($client, 5);
    $request = '';

    while (! str_contains($request, "\r\n\r\n") && ($part = fread($client, 8192)) !== '' && $part !== false) {
        $request .= $part;
    }
    if (str_starts_with($request, 'END')) {
        break;
    }
    $length = preg_match('/^content-length: (\d+)/im', $request, $parts) === 1 ? (int) $parts[1] : 0;
    $whole  = (int) strpos($request, "\r\n\r\n") + 4 + $length;

    while (strlen($request) < $whole && ($part = fread($client, 65536)) !== '' && $part !== false) {
        $request .= $part;
    }
    @fwrite($client, $answer);

    while ($end === 'drip' && @fwrite($client, 'x') === 1) {
        usleep(2_000);
    }
    if ($end === 'hang') {
        $open[] = $client;
    } else {
        fclose($client);
    }
    // Behind the answer: whoever waits for that does not read this yet.
    echo base64_encode($request), "\n";
}
