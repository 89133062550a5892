import type { AccountBooks } from '../books/account-books.ts';
import { openAccountBooks } from '../books/open-account-books.ts';
import { issuePair } from '../oauth/tokens.ts';
import type { AccountSeed } from '../seed/seed-account.ts';
import { seedAccount } from '../seed/seed-account.ts';
import type { World } from '../world.ts';

const firstAccount = 120_001;

/** Opens an account with a seeded bike shop. */
export function openAccount(world: World, { name, ...seed }: AccountSeed & { name?: string }): AccountBooks {
  return world.changes.run(() => {
    const { oauth, accounts, changes, clock } = world;
    const accountID = Math.max(firstAccount - 1, ...accounts.keys()) + 1;
    oauth.accounts.insert({
      accountID,
      name: name ?? `Harbour Bikes ${accountID - firstAccount + 1}`,
      createTime: clock.now(),
    });
    const books = openAccountBooks(accountID, changes);
    seedAccount(books, clock, seed);
    accounts.set(accountID, books);
    return books;
  });
}

/** Tokens without a sign-in: a pair of the owner's, and an access token of the manager, who is no admin. */
export function issueTestTokens(
  world: World,
  account: number,
): { accessToken: string; refreshToken: string; nonAdminAccessToken: string } {
  return world.changes.run(() => {
    const issue = (employeeID: number) => {
      const grant = world.oauth.grants.insert({
        clientNumber: 1,
        accountID: account,
        employeeID,
        scope: 'employee:all',
      });
      return issuePair(world, grant);
    };
    const { accessToken, refreshToken } = issue(1);
    return { accessToken, refreshToken, nonAdminAccessToken: issue(2).accessToken };
  });
}
