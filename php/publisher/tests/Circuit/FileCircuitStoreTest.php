<?php

declare(strict_types=1);

namespace WsElements\Publisher\Tests\Circuit;

use PHPUnit\Framework\TestCase;
use WsElements\Publisher\Circuit\CircuitState;
use WsElements\Publisher\Circuit\FileCircuitStore;
use WsElements\Publisher\Tests\Support\Process;

/**
 * @internal
 */
final class FileCircuitStoreTest extends TestCase
{
    private string $folder;
    private string $file;

    protected function setUp(): void
    {
        $this->folder = sys_get_temp_dir() . '/ws-elements-test-' . bin2hex(random_bytes(6));
        $this->file   = "{$this->folder}/circuit";
    }

    protected function tearDown(): void
    {
        array_map(unlink(...), array_map(strval(...), (array) glob("{$this->folder}/*")));
        if (is_link($this->folder) || is_file($this->folder)) {
            unlink($this->folder);
        } elseif (is_dir($this->folder)) {
            rmdir($this->folder);
        }
    }

    public function testIsClosedAndWritesNothingAsLongAsNothingFails(): void
    {
        $store = new FileCircuitStore($this->file);

        $this->assertNull($store->read());
        $this->assertFileDoesNotExist($this->folder);
    }

    public function testTellsOtherRequests(): void
    {
        $state = new CircuitState(3, 1_700_000_000_123);

        $this->assertTrue((new FileCircuitStore($this->file))->swap(null, $state));
        $this->assertTrue($state->equals((new FileCircuitStore($this->file))->read()));
        $this->assertTrue((new FileCircuitStore($this->file))->swap($state, null));
        $this->assertNull((new FileCircuitStore($this->file))->read());
    }

    public function testReplacesOnlyWhatIsStillThere(): void
    {
        $store = new FileCircuitStore($this->file);
        $store->swap(null, new CircuitState(1, 1));

        $this->assertFalse($store->swap(null, new CircuitState(2, 2)));
        $this->assertFalse($store->swap(new CircuitState(1, 2), null));
        $this->assertTrue((new CircuitState(1, 1))->equals($store->read()));
    }

    public function testIsOneForAllProcesses(): void
    {
        // Each adds 100, one at a time.
        $script = <<<'PHP'
            require $argv[1];
            $store = new WsElements\Publisher\Circuit\FileCircuitStore($argv[2]);
            for ($done = 0; $done < 100;) {
                $state = $store->read();
                $done += (int) $store->swap($state, new WsElements\Publisher\Circuit\CircuitState(($state->failures ?? 0) + 1, 1));
            }
            PHP;
        $autoload  = dirname(__DIR__, 2) . '/vendor/autoload.php';
        $processes = array_map(
            fn (): Process => new Process([PHP_BINARY, '-r', $script, $autoload, $this->file]),
            range(1, 4),
        );

        foreach ($processes as $process) {
            $this->assertSame('', $process->rest());
        }
        $this->assertSame(400, (new FileCircuitStore($this->file))->read()?->failures);
    }

    public function testTheFolderIsItsUsersAlone(): void
    {
        (new FileCircuitStore($this->file))->swap(null, new CircuitState(1, 1));

        $this->assertSame(0o700, fileperms($this->folder) & 0o777);
    }

    public function testLeavesALinkThatSomebodyHasPutThereAlone(): void
    {
        $victim = "{$this->folder}-victim";
        mkdir($victim);
        symlink($victim, $this->folder);
        $store = new FileCircuitStore($this->file);
        $state = new CircuitState(1, 1);

        try {
            $this->assertTrue($store->swap(null, $state));
            $this->assertSame(['.', '..'], scandir($victim));
            // And yet this process knows.
            $this->assertTrue($state->equals($store->read()));
        } finally {
            unlink($this->folder);
            rmdir($victim);
        }
    }

    public function testLeavesAFileThatIsALinkAlone(): void
    {
        mkdir($this->folder, 0o700);
        $victim = "{$this->folder}/victim";
        file_put_contents($victim, 'precious');
        symlink($victim, $this->file);
        (new FileCircuitStore($this->file))->swap(null, new CircuitState(1, 1));

        $this->assertSame('precious', file_get_contents($victim));
    }

    public function testWhereItCannotBeWrittenAProcessIsOnItsOwn(): void
    {
        file_put_contents($this->folder, 'no folder');
        $store = new FileCircuitStore($this->file);
        $state = new CircuitState(1, 1);

        $this->assertTrue($store->swap(null, $state));
        $this->assertTrue($state->equals($store->read()));
        $this->assertFalse($store->swap(null, $state));
    }

    public function testTakesNothingElseForAState(): void
    {
        mkdir($this->folder, 0o700);

        foreach (['', '1', "1 2\n3", "-1 2\n", "1 12345678901234567890\n", "\0"] as $text) {
            file_put_contents($this->file, $text);
            $this->assertNull((new FileCircuitStore($this->file))->read());
        }
    }

    public function testDoesNotWaitForWhoeverHoldsIt(): void
    {
        mkdir($this->folder, 0o700);
        file_put_contents($this->file, "1 5\n");
        $held = fopen($this->file, 'r+b');
        $this->assertNotFalse($held);
        flock($held, LOCK_EX);
        $store = new FileCircuitStore($this->file);

        $this->assertTrue((new CircuitState(1, 5))->equals($store->read()));
        $this->assertFalse($store->swap(new CircuitState(1, 5), null));
        fclose($held);
    }
}
