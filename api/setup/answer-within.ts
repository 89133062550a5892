import { Problem } from '../../domain/problem.ts';

/** Waits for a live read no longer than a caller does. @throws Problem `unavailable` when the time is over. */
export async function answerWithin<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Problem('unavailable', 'Lightspeed takes too long to answer', { remedy: 'Try again in a minute' }));
  }, limitMs);
  work.catch(() => {}); // if it fails after the limit, nobody waits for it any more
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
