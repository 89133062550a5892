/** How much is read ahead. `lingerMs`: so long one that has come waits for others, until `enough` are there. */
export interface ReadAheadLimits {
  most: number;
  enough: number;
  lingerMs: number;
}

/**
 * Reads on while what came before is being worked on: gives all pages that have come since, at least one, `most` at once,
 * in order. Nothing more is read while so many wait. A failure is thrown once the pages before it are given; a
 * consumer that leaves ends the reading.
 */
export async function* readAhead<Page>(
  pages: AsyncIterable<Page>,
  { most, enough, lingerMs }: ReadAheadLimits,
): AsyncGenerator<Page[], void> {
  const source = pages[Symbol.asyncIterator]();
  const waiting: Page[] = [];
  const state = { isOver: false, failures: [] as unknown[] };
  let tell: () => void = () => {};
  let makeRoom: () => void = () => {};
  const read = async () => {
    try {
      while (!state.isOver) {
        const { done, value } = await source.next();
        if (done) break;
        waiting.push(value);
        tell();
        if (waiting.length >= most) await new Promise<void>((resolve) => (makeRoom = resolve));
      }
    } catch (error) {
      state.failures.push(error);
    }
    state.isOver = true;
    tell();
  };
  const reading = read();
  /** Until another page has come, or the reading has ended. */
  const news = (withinMs?: number) =>
    new Promise<void>((resolve) => {
      const timer = withinMs === undefined ? undefined : setTimeout(resolve, withinMs);
      tell = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const othersCome = async () => {
    const until = performance.now() + lingerMs;
    while (!state.isOver && waiting.length < enough) {
      const leftMs = until - performance.now();
      if (leftMs <= 0) return;
      await news(leftMs);
    }
  };
  try {
    for (;;) {
      if (waiting.length > 0) {
        await othersCome();
        const given = waiting.splice(0);
        makeRoom();
        yield given;
      } else if (!state.isOver) await news();
      else if (state.failures.length > 0) throw state.failures[0];
      else return;
    }
  } finally {
    state.isOver = true;
    makeRoom();
    await reading;
    await source.return?.();
  }
}
