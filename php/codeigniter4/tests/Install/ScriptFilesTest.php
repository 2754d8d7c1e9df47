<?php

declare(strict_types=1);

namespace WsElements\CodeIgniter\Tests\Install;

use PHPUnit\Framework\TestCase;
use WsElements\CodeIgniter\Console\Failure;
use WsElements\CodeIgniter\Install\ScriptFiles;
use WsElements\CodeIgniter\Tests\Support\Files;

/**
 * @internal
 */
final class ScriptFilesTest extends TestCase
{
    private string $folder;

    protected function setUp(): void
    {
        $this->folder = Files::temporaryFolder();

        foreach (['ws-elements.js', 'ws-elements.js.map', 'index.js', 'extras/outside-page.js', 'extras/outside-page.js.map', 'locales/de.json'] as $path) {
            if (! is_dir(dirname("{$this->folder}/built/{$path}"))) {
                mkdir(dirname("{$this->folder}/built/{$path}"), recursive: true);
            }
            file_put_contents("{$this->folder}/built/{$path}", $path);
        }
    }

    protected function tearDown(): void
    {
        Files::remove($this->folder);
    }

    public function testPublishesTheScriptAndWhatItFetches(): void
    {
        ScriptFiles::find('/nowhere', "{$this->folder}/built")->publish("{$this->folder}/public/assets/live.js");

        $this->assertSame(
            ['extras/outside-page.js', 'live.js', 'locales/de.json'],
            array_map(fn (string $file): string => substr($file, strlen("{$this->folder}/public/assets/")), Files::all("{$this->folder}/public")),
        );
    }

    public function testWritesOnlyWhatHasChanged(): void
    {
        $files  = ScriptFiles::find('/nowhere', "{$this->folder}/built");
        $script = "{$this->folder}/public/assets/ws-elements.js";
        $files->publish($script);
        $this->assertSame([], $files->stale($script));
        $this->assertSame([], $files->publish($script));

        file_put_contents("{$this->folder}/built/locales/de.json", 'newer');
        $this->assertSame(["{$this->folder}/public/assets/locales/de.json"], $files->stale($script));
        $this->assertSame(["{$this->folder}/public/assets/locales/de.json"], $files->publish($script));
        $this->assertSame('newer', file_get_contents("{$this->folder}/public/assets/locales/de.json"));
    }

    public function testSaysWhatToDoWhereAFolderHasNoScript(): void
    {
        $this->expectException(Failure::class);
        $this->expectExceptionMessage('--from: expected a folder with ws-elements.js, got "/nowhere"');

        ScriptFiles::find('/nowhere', '/nowhere');
    }

    public function testSaysWhereItCannotBeWritten(): void
    {
        // A file where a folder is needed: that stops root too.
        file_put_contents("{$this->folder}/public", '');

        $this->expectException(Failure::class);
        $this->expectExceptionMessage('cannot be written');

        ScriptFiles::find('/nowhere', "{$this->folder}/built")->publish("{$this->folder}/public/ws-elements.js");
    }
}
