/** What the sealed columns of an attempt are bound to, so that each opens for this tenant and column only. */
export function attemptBinding(tenant: string, column: 'verifier' | 'code' | 'tokenPair'): string {
  return `${tenant}/connect_attempts.${column}`;
}
