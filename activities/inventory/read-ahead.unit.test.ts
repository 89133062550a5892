import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readAhead } from './read-ahead.ts';

/** Pages 1 to `count`, then a failure if there is one; says how many were asked for, and whether the reader has left. */
function source(count: number, failure?: Error) {
  const seen = { asked: 0, isLeft: false };
  async function* pages() {
    try {
      for (let page = 1; page <= count; page += 1) {
        seen.asked = page;
        await nextTurn();
        yield page;
      }
      if (failure) throw failure;
    } finally {
      seen.isLeft = true;
    }
  }
  return { pages: pages(), seen };
}

const atOnce = { enough: 1, lingerMs: 0 };

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await nextTurn();
};

test('pages come in order and none twice, several at once when their writer is slow, never more than it may hold', async () => {
  const { pages } = source(50);
  const given: number[][] = [];
  for await (const batch of readAhead(pages, { ...atOnce, most: 4 })) {
    given.push(batch);
    await turns(given.length % 9);
  }
  expect(given.flat()).toEqual(Array.from({ length: 50 }, (_, page) => page + 1));
  expect(Math.max(...given.map((batch) => batch.length))).toBe(4);
});

test('a failure comes after the pages before it', async () => {
  const { pages } = source(3, new Error('the till is gone'));
  const given: number[] = [];
  const reading = (async () => {
    for await (const batch of readAhead(pages, { ...atOnce, most: 8 })) {
      given.push(...batch);
      await turns(20);
    }
  })();
  await expect(reading).rejects.toThrow('the till is gone');
  expect(given).toEqual([1, 2, 3]);
});

test('a writer that leaves ends the reading, with no more read than it could have held', async () => {
  const { pages, seen } = source(1_000);
  for await (const _ of readAhead(pages, { ...atOnce, most: 4 })) break;
  expect(seen.isLeft).toBe(true);
  expect(seen.asked).toBeLessThanOrEqual(6);
});

test('a page waits for others until enough are there, and no longer once the reading ends', async () => {
  const given: number[][] = [];
  const limits = { most: 8, enough: 3, lingerMs: 60_000 };
  for await (const batch of readAhead(source(7).pages, limits)) given.push(batch);
  expect(given.map((batch) => batch.length)).toEqual([3, 3, 1]);
});

test('a page that comes alone is given after a while', async () => {
  let goOn = () => {};
  const pages = (async function* () {
    yield 1;
    await new Promise<void>((resolve) => (goOn = resolve));
    yield 2;
  })();
  const given: number[][] = [];
  for await (const batch of readAhead(pages, { most: 8, enough: 3, lingerMs: 10 })) {
    given.push(batch);
    goOn();
  }
  expect(given).toEqual([[1], [2]]);
});
