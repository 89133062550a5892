/** Whether a statement, or a wait for a lock, took longer than its time limit: PostgreSQL's codes. */
export function isTimeout(error: unknown): boolean {
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
    if ('code' in inner && (inner.code === '57014' || inner.code === '55P03')) return true;
  }
  return false;
}
