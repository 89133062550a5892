/**
 * Reads on while what came before is being worked on: gives all pages that have come since, at least one, `most` at once,
 * in order. Nothing more is read while so many wait. A failure is thrown once the pages before it are given; a
 * consumer that leaves ends the reading.
 */
export async function* readAhead<Page>(pages: AsyncIterable<Page>, most: number): AsyncGenerator<Page[], void> {
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
  try {
    for (;;) {
      if (waiting.length > 0) {
        const given = waiting.splice(0);
        makeRoom();
        yield given;
      } else if (!state.isOver) await new Promise<void>((resolve) => (tell = resolve));
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
