/**
 * Asks again and again until `read` gives something.
 * @throws Error naming what was awaited, and what was last seen, after `timeoutMs`.
 */
export async function waitFor<T>(
  what: string,
  timeoutMs: number,
  read: () => Promise<{ done: T } | { seen: string }>,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await read();
    if ('done' in answer) return answer.done;
    if (performance.now() > deadline) {
      throw new Error(`waited ${timeoutMs / 1_000} s for ${what}; last seen: ${answer.seen}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
