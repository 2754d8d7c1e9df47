import { expect } from '@open-wc/testing';
import { FakePage } from '../../connection/testing/fake-page.ts';
import { Pulse } from './pulse.ts';

/** Each test's own, so that none hears another. */
let group = 0;

describe('Pulse', () => {
  let page: FakePage;
  let pulses: Pulse[];
  let silences: number;
  beforeEach(() => {
    page = new FakePage();
    pulses = [];
    silences = 0;
    group += 1;
  });
  afterEach(() => {
    for (const pulse of pulses) pulse.end();
    page.restore();
  });

  const join = (isLeading: boolean) => {
    const pulse = new Pulse(
      `pulse test ${group}`,
      () => isLeading,
      () => {
        silences += 1;
      },
    );
    pulses.push(pulse);
    pulse.update();
    return pulse;
  };
  /** Lets time pass, and what was posted arrive. */
  const wait = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 200) {
      await page.wait(200);
      await arrived();
    }
  };
  /** A question of one's own, and its way back. */
  const arrived = () =>
    new Promise<void>((resolve) => {
      const [here, there] = [new BroadcastChannel('pulse test'), new BroadcastChannel('pulse test')];
      const leave = () => {
        here.close();
        there.close();
        resolve();
      };
      there.onmessage = () => there.postMessage(0);
      here.onmessage = leave;
      here.postMessage(0);
    });

  it('is silent about a leader that answers', async () => {
    join(true);
    join(false);
    await wait(5000);
    expect(silences).to.equal(0);
  });

  it('finds a leader silent within a second', async () => {
    join(true).end();
    join(false);
    await wait(400);
    expect(silences).to.equal(0);
    await wait(400);
    expect(silences).to.equal(1);
  });

  it('looks only while the page is seen', async () => {
    const follower = join(false);
    page.seen(false);
    follower.update();
    await wait(5000);
    expect(silences).to.equal(0);
    page.seen(true);
    follower.update();
    await wait(800);
    expect(silences).to.equal(1);
  });
});
