import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { attention } from '../schema/notify.ts';

/** What a person must decide now, oldest first, at most 500. */
export async function listAttention(db: Database, tenant: string) {
  return db
    .select({
      id: attention.id,
      kind: attention.subjectKind,
      subject: attention.subjectId,
      code: attention.code,
      message: attention.message,
      remedy: attention.remedy,
      since: attention.createdAt,
    })
    .from(attention)
    .where(and(eq(attention.tenant, tenant), isNull(attention.resolvedAt)))
    .orderBy(asc(attention.createdAt))
    .limit(500);
}
