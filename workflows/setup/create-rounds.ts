/**
 * Runs work that brings something in step with what is stored: whoever asks while it is under way shares one more round
 * after it, so that many changes at once cost two rounds, not one each.
 */
export function createRounds(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const begin = () => {
    running = work().finally(() => {
      running = null;
    });
    return running;
  };
  return () => {
    if (next) return next;
    if (!running) return begin();
    next = running
      .catch(() => {}) // those who asked for that round are told; the next one is due all the same
      .then(() => {
        next = null;
        return begin();
      });
    return next;
  };
}
