import { z } from 'zod';
import type { AccountBooks } from '../books/account-books.ts';
import { revokeAccess, revokeGrant } from '../oauth/tokens.ts';
import { currentRights } from '../resources/employee-role.ts';
import type { World } from '../world.ts';
import type { ControlRoute } from './control-route.ts';
import { booksOf, Id, readControl } from './control-route.ts';
import { issueTestTokens, openAccount } from './open-account.ts';

const NewAccount = z.strictObject({
  seed: z.number().int().default(1),
  items: z.number().int().min(0).max(200_000).default(40),
  registers: z.number().int().min(1).max(50).default(4),
  name: z.string().optional(),
});
const Revocation = z.strictObject({ employeeId: Id.optional(), only: z.literal('access').optional() });

/** Opening accounts, looking at them, and taking their tokens away. */
export const accountRoutes: readonly ControlRoute[] = [
  {
    method: 'POST',
    path: '/accounts',
    about: 'A new seeded account {seed, items, registers?, name?}, with tokens ready for use',
    run({ world, body }) {
      const { name, ...seed } = readControl(NewAccount, body);
      const books = openAccount(world, { ...seed, ...(name !== undefined && { name }) });
      return { ...accountFacts(world, books), ...issueTestTokens(world, books.account) };
    },
  },
  {
    method: 'GET',
    path: '/accounts',
    about: 'All accounts',
    run: ({ world }) => ({ accounts: [...world.accounts.values()].map((books) => accountFacts(world, books)) }),
  },
  {
    method: 'GET',
    path: '/accounts/:account',
    about: 'Its people, shops, registers, levels',
    run: (input) => accountFacts(input.world, booksOf(input)),
  },
  {
    method: 'GET',
    path: '/accounts/:account/grants',
    about: 'Everybody who has allowed a client in, oldest first, and whether the tokens were revoked',
    run: (input) => ({
      grants: input.world.oauth.grants
        .by('accountID', booksOf(input).account)
        .map(({ employeeID, scope, isRevoked }) => ({ employeeId: String(employeeID), scope, isRevoked })),
    }),
  },
  {
    method: 'POST',
    path: '/accounts/:account/tokens',
    about: 'Fresh tokens without a sign-in',
    run: (input) => issueTestTokens(input.world, booksOf(input).account),
  },
  {
    method: 'POST',
    path: '/accounts/:account/tokens/revoke',
    about: "Revokes all tokens {employeeId?: that employee's alone, only?: 'access'}",
    run(input) {
      const { employeeId, only } = readControl(Revocation, input.body);
      const grants = input.world.oauth.grants
        .by('accountID', booksOf(input).account)
        .filter((grant) => !grant.isRevoked && (employeeId === undefined || grant.employeeID === employeeId));
      for (const grant of grants) (only === 'access' ? revokeAccess : revokeGrant)(input.world, grant);
      return { revoked: grants.length };
    },
  },
];

function accountFacts({ oauth }: World, books: AccountBooks) {
  return {
    accountId: String(books.account),
    name: oauth.accounts.need(books.account).name,
    employees: [...books.employees.all()].map((employee) => ({
      employeeId: String(employee.employeeID),
      name: `${employee.firstName} ${employee.lastName}`,
      isAdmin: currentRights(books, employee).includes('admin'),
      lockOut: employee.lockOut,
      limitToShopId: String(employee.limitToShopID),
    })),
    shops: [...books.shops.all()].map(({ shopID, name }) => ({ shopId: String(shopID), name })),
    registers: [...books.registers.all()].map(({ registerID, name, shopID, open }) => ({
      registerId: String(registerID),
      name,
      shopId: String(shopID),
      open,
    })),
    priceLevels: [...books.priceLevels.all()].map(({ priceLevelID, name }) => ({
      priceLevelId: String(priceLevelID),
      name,
    })),
    paymentTypes: [...books.paymentTypes.all()].map(({ paymentTypeID, name, type }) => ({
      paymentTypeId: String(paymentTypeID),
      name,
      type,
    })),
  };
}
