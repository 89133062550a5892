import { expect, test } from 'vitest';
import { createRounds } from './create-rounds.ts';

test('whoever asks during a round shares one more after it, and a round that fails holds nobody else up', async () => {
  const ends: ((failure?: Error) => void)[] = [];
  const ask = createRounds(
    () => new Promise((resolve, reject) => ends.push((failure) => (failure ? reject(failure) : resolve()))),
  );
  const first = ask();
  const shared = [ask(), ask(), ask()];
  expect(ends.length).toBe(1);
  ends[0]!(new Error('the first round'));
  await expect(first).rejects.toThrow('the first round');
  await expect.poll(() => ends.length).toBe(2);
  ends[1]!();
  await Promise.all(shared);
  const last = ask();
  expect(ends.length).toBe(3);
  ends[2]!();
  await last;
});
