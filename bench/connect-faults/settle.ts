import type { Lane } from './open-lane.ts';

/** `neither`: not usable, and not told either: what must never be. */
export type Ending = 'usable' | 'lost' | 'neither';

const sixHoursMs = 6 * 3_600_000;

/** Ends all faults, and tells where the connection stands: a real call to the till through the product decides. */
export async function settle(lane: Lane): Promise<{ ending: Ending; passes: number }> {
  const { shop, sandbox, account } = lane;
  sandbox.world.faults.clear(account);
  await shop.till.call('PATCH', '/employees/1', { lockOut: false });
  let passes = 0;
  let isProbed = false;
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const { status, body } = await shop.admin.call('GET', '/setup/options');
    if (status === 200) return { ending: 'usable', passes };
    if (body['code'] === 'not-connected') {
      await shop.connect('1');
    } else if (body['code'] === 'connection-lost' && !isProbed) {
      // The cause may be gone: it heals by itself with the next probe, or stays lost.
      isProbed = true;
      passes += 1;
      await lane.pass(sixHoursMs);
      await lane.awaitLook();
    } else if (body['code'] === 'connection-lost') {
      if (!(await isLost(lane))) continue; // healed since
      const isTold = await isToldAsLost(lane);
      if (!isTold && !(await isLost(lane))) continue;
      return { ending: isTold && (await isHealedByAdmin(lane)) ? 'lost' : 'neither', passes };
    } else {
      passes += 1;
      await lane.pass(20_000);
    }
  }
  return { ending: 'neither', passes };
}

async function isLost({ shop }: Lane): Promise<boolean> {
  const { connection } = await shop.admin.expect('GET', '/setup');
  return (connection as { state: string }).state === 'lost';
}

async function isToldAsLost({ shop }: Lane): Promise<boolean> {
  const { attention } = await shop.admin.expect('GET', '/attention');
  return (attention as { code: string }[]).some(({ code }) => code === 'connection-lost');
}

/**
 * While a killed worker's step is waited for, the wizard answers 503 and says that the step may still be applied: the admin
 * looks, and tries again.
 */
async function isHealedByAdmin({ shop }: Lane): Promise<boolean> {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const { status } = await shop.connect('1');
    if ((await shop.admin.call('GET', '/setup/options')).status === 200) return true;
    if (status !== 503) return false;
  }
  return false;
}
