import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until there is an answer. @throws Error after two minutes */
export async function eventually<T>(ask: () => Promise<T | null | undefined>): Promise<T> {
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; ) {
    const answer = await ask();
    if (answer !== null && answer !== undefined) return answer;
    await pause(50);
  }
  throw new Error('it did not come about within two minutes');
}
