import { sql } from 'drizzle-orm';
import type { Database } from '../database.ts';

/** A worker's hold on an audit: it writes only while `fence` is the row's. */
export interface AuditClaim {
  tenant: string;
  auditId: string;
  fence: number;
  accountId: string;
  salesFrom: Date;
  startedAt: Date;
  /** Whence the till's sales are read on; null with `pages` above 0: they are all read. */
  cursor: string | null;
  pages: number;
}

/** Takes hold of a running audit. @returns null if it has ended, or its connection is no longer the working one. */
export async function claimAudit(db: Database, tenant: string, auditId: string): Promise<AuditClaim | null> {
  const [row] = await db.execute<{
    fence: number;
    accountId: string;
    salesFrom: string;
    startedAt: string;
    cursor: string | null;
    pages: number;
  }>(sql`
    update order_audits a set fence = fence + 1
    from connections c
    where a.id = ${auditId} and a.tenant = ${tenant} and a.state = 'running'
      and c.id = a.connection_id and c.tenant = a.tenant and c.state = 'active'
    returning a.fence, a.account_id as "accountId", a.sales_from as "salesFrom", a.started_at as "startedAt",
      a.cursor, a.pages`);
  if (!row) return null;
  return {
    ...row,
    tenant,
    auditId,
    salesFrom: new Date(row.salesFrom),
    startedAt: new Date(row.startedAt),
  };
}
