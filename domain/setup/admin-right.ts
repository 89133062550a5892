/**
 * Whether a Session's `Rights` hold the admin right (R2). Every scalar of the till is a string, so `"true"` counts;
 * an absent right is none, and Owner or Manager as a title is not enough.
 *
 * @see lightspeed-r-series.md, "Session": Session.Rights.admin is the test; absent rights are false.
 */
export function hasAdminRight(rights: Readonly<Record<string, unknown>> | null | undefined): boolean {
  const admin = rights && Object.hasOwn(rights, 'admin') ? rights['admin'] : false;
  return admin === true || admin === 'true';
}
