/** Every column that holds secrets, and what their texts are bound to besides their tenant (see `KeyRing`). */
export const sealedColumns = [
  { table: 'connections', column: 'access_token', binding: 'connections.accessToken' },
  { table: 'connections', column: 'refresh_token', binding: 'connections.refreshToken' },
  { table: 'connect_attempts', column: 'verifier', binding: 'connect_attempts.verifier' },
  { table: 'connect_attempts', column: 'code', binding: 'connect_attempts.code' },
  { table: 'connect_attempts', column: 'token_pair', binding: 'connect_attempts.tokenPair' },
  { table: 'webhooks', column: 'secret', binding: 'webhooks.secret' },
] as const;

export type SealedColumn = (typeof sealedColumns)[number];
