import type { Changes } from '../books/changes.ts';
import type { Fields, Row, RowOf } from '../books/row.ts';
import { blankRow } from '../books/row.ts';
import { Table } from '../books/table.ts';

const accountFields = { accountID: 'id', name: 'text', createTime: 'time' } as const satisfies Fields;
const clientFields = {
  clientNumber: 'id',
  clientId: 'text',
  clientSecret: 'text',
  redirectUri: 'text',
  isPublic: 'flag',
} as const satisfies Fields;
const grantFields = {
  grantID: 'id',
  clientNumber: 'id',
  accountID: 'id',
  employeeID: 'id',
  scope: 'text',
  isRevoked: 'flag',
} as const satisfies Fields;
const codeFields = {
  codeID: 'id',
  code: 'text',
  grantID: 'id',
  challenge: 'text',
  challengeMethod: 'text',
  expiresAt: 'time',
  isUsed: 'flag',
} as const satisfies Fields;
const accessFields = {
  accessID: 'id',
  token: 'text',
  grantID: 'id',
  /** The refresh token whose use brought this one; dies when this one is first used. */
  replacesID: 'id',
  /** Whether that refresh token had been used before. */
  isRetry: 'flag',
  issuedAt: 'time',
  expiresAt: 'time',
  isRevoked: 'flag',
  isUsed: 'flag',
} as const satisfies Fields;
const refreshFields = {
  refreshID: 'id',
  token: 'text',
  grantID: 'id',
  lastUsedAt: 'time',
  isUsed: 'flag',
  isRevoked: 'flag',
} as const satisfies Fields;
const keyFields = { keyID: 'id', privatePem: 'text' } as const satisfies Fields;

export type AccountRow = RowOf<typeof accountFields>;
export type ClientRow = RowOf<typeof clientFields>;
export type GrantRow = RowOf<typeof grantFields>;
export type CodeRow = RowOf<typeof codeFields>;
export type AccessRow = RowOf<typeof accessFields>;
export type RefreshRow = RowOf<typeof refreshFields>;
type KeyRow = RowOf<typeof keyFields>;

/** What the authorization server knows; `accounts` are the tills that can be connected. */
export type OAuthTables = {
  readonly accounts: Table<AccountRow>;
  readonly clients: Table<ClientRow>;
  readonly grants: Table<GrantRow>;
  readonly codes: Table<CodeRow>;
  readonly accessTokens: Table<AccessRow>;
  readonly refreshTokens: Table<RefreshRow>;
  readonly keys: Table<KeyRow>;
};

export function openOAuthTables(changes: Changes): OAuthTables {
  const open = <R extends Row>(
    name: string,
    key: keyof R & string,
    fields: Fields,
    indexed: (keyof R & string)[] = [],
  ): Table<R> =>
    new Table<R>(
      { account: 0, name, key, blank: () => blankRow(fields) as unknown as R, indexed, sorted: [] },
      changes,
    );
  return {
    accounts: open<AccountRow>('Account', 'accountID', accountFields),
    clients: open<ClientRow>('Client', 'clientNumber', clientFields, ['clientId']),
    grants: open<GrantRow>('Grant', 'grantID', grantFields, ['accountID']),
    codes: open<CodeRow>('Code', 'codeID', codeFields, ['code']),
    accessTokens: open<AccessRow>('AccessToken', 'accessID', accessFields, ['token', 'grantID']),
    refreshTokens: open<RefreshRow>('RefreshToken', 'refreshID', refreshFields, ['token', 'grantID']),
    keys: open<KeyRow>('Key', 'keyID', keyFields),
  };
}
