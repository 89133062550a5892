import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../database.ts';
import { attention } from '../schema/notify.ts';
import { recordEvent } from './record-event.ts';

type SubjectKind = (typeof attention.$inferSelect)['subjectKind'];

export interface AttentionSubject {
  kind: SubjectKind;
  id: string;
  code: string;
}

/**
 * Says that a person must decide something (R36), once: an open row of the same subject and code keeps its place and
 * takes the newer words. The first time, `attention.opened` goes out.
 * @returns whether it is new.
 */
export async function openAttention(
  tx: Transaction,
  tenant: string,
  subject: AttentionSubject,
  words: { message: string; remedy: string },
): Promise<boolean> {
  const [row] = await tx
    .insert(attention)
    .values({ tenant, subjectKind: subject.kind, subjectId: subject.id, code: subject.code, ...words })
    .onConflictDoUpdate({
      target: [attention.tenant, attention.subjectKind, attention.subjectId, attention.code],
      targetWhere: sql`resolved_at is null`,
      set: words,
    })
    .returning({ isNew: sql<boolean>`xmax = 0` });
  if (!row!.isNew) return false;
  const data = { subjectKind: subject.kind, subjectId: subject.id, code: subject.code };
  await recordEvent(tx, tenant, { type: 'attention.opened', subject: `${subject.kind}:${subject.id}`, data });
  return true;
}

/** Closes what is open about a subject; with a code, only that. @returns whether anything was open. */
export async function resolveAttention(
  tx: Transaction,
  tenant: string,
  subject: Omit<AttentionSubject, 'code'> & { code?: string },
): Promise<boolean> {
  const closed = await tx
    .update(attention)
    .set({ resolvedAt: sql`now()` })
    .where(
      and(
        eq(attention.tenant, tenant),
        eq(attention.subjectKind, subject.kind),
        eq(attention.subjectId, subject.id),
        isNull(attention.resolvedAt),
        subject.code === undefined ? undefined : eq(attention.code, subject.code),
      ),
    )
    .returning({ id: attention.id });
  return closed.length > 0;
}
