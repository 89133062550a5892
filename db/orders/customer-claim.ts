import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { orderExports, tillCustomers } from '../schema/orders.ts';

/** The right to look for and make the customer of one e-mail, until the lease ends. */
export interface CustomerClaim {
  tenant: string;
  emailHash: string;
  fence: number;
}

/** Takes the right, so that two first orders of one person make one customer. @returns null while another holds it. */
export async function claimCustomer(
  db: Database,
  tenant: string,
  emailHash: string,
  leaseMs: number,
): Promise<CustomerClaim | null> {
  const leaseUntil = sql`clock_timestamp() + ${leaseMs} * interval '1 millisecond'`;
  const [row] = await db
    .insert(tillCustomers)
    .values({ tenant, emailHash, fence: 1, leaseUntil })
    .onConflictDoUpdate({
      target: [tillCustomers.tenant, tillCustomers.emailHash],
      set: { fence: sql`${tillCustomers.fence} + 1`, leaseUntil },
      setWhere: or(isNull(tillCustomers.leaseUntil), lt(tillCustomers.leaseUntil, sql`clock_timestamp()`))!,
    })
    .returning({ fence: tillCustomers.fence });
  return row ? { tenant, emailHash, fence: row.fence } : null;
}

/** Whether the right is still the claim's: asked right before a customer is made. */
export async function holdsCustomer(db: Database, claim: CustomerClaim): Promise<boolean> {
  const rows = await db
    .select({ fence: tillCustomers.fence })
    .from(tillCustomers)
    .where(and(held(claim), gt(tillCustomers.leaseUntil, sql`clock_timestamp()`)));
  return rows.length === 1;
}

/** Keeps the customer for the order, and ends the claim. */
export async function keepCustomer(
  db: Database,
  claim: CustomerClaim,
  order: { orderId: string; fence: number },
  customerId: string,
): Promise<void> {
  const { tenant } = claim;
  await db.transaction(async (tx) => {
    await tx.update(tillCustomers).set({ customerId, leaseUntil: null, updatedAt: sql`now()` }).where(held(claim));
    await tx
      .update(orderExports)
      .set({ customerId })
      .where(
        and(
          eq(orderExports.tenant, tenant),
          eq(orderExports.orderId, order.orderId),
          eq(orderExports.fence, order.fence),
        ),
      );
  });
}

/**
 * Ends the claim without a customer; after an unknown outcome only once the till can have made up its mind, so that the
 * next one finds what was made late.
 */
export async function releaseCustomer(db: Database, claim: CustomerClaim, settleMs: number): Promise<void> {
  const leaseUntil = settleMs === 0 ? null : sql`clock_timestamp() + ${settleMs} * interval '1 millisecond'`;
  await db.update(tillCustomers).set({ leaseUntil }).where(held(claim));
}

function held({ tenant, emailHash, fence }: CustomerClaim) {
  return and(eq(tillCustomers.tenant, tenant), eq(tillCustomers.emailHash, emailHash), eq(tillCustomers.fence, fence));
}
