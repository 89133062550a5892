import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { OAuthTables } from '../oauth/oauth-tables.ts';
import type { AccountBooks } from './account-books.ts';
import type { Change, Changes } from './changes.ts';
import { openAccountBooks } from './open-account-books.ts';
import type { Row } from './row.ts';
import type { Table } from './table.ts';

type Books = { changes: Changes; oauth: OAuthTables; accounts: Map<number, AccountBooks> };
type AnyTable = Table<Row>;

/** The file that every committed call is added to before its answer goes out. */
export type Journal = {
  /** The last moment that it knows of. */
  lastMs: number;
  append(changes: readonly Change[], nowMs: number): void;
  close(): void;
};

/**
 * Fills the books from `file` and keeps it open for more. A line is one row, `[account, table, id, row or null]`; a line that
 * is a number ends a call and tells its time. What has no such end was never answered, and is dropped. The file is written
 * anew at each start, so it doesn't grow beyond one run's changes. Written rows are the system's: they outlive `kill -9`.
 */
export function openJournal(file: string, books: Books): Journal {
  mkdirSync(dirname(file), { recursive: true });
  const lastMs = existsSync(file) ? replay(file, books) : 0;
  const fresh = `${file}.new`;
  const snapshot = openSync(fresh, 'w', 0o600);
  for (const table of allTables(books))
    writeRows(
      snapshot,
      [...table.all()].map((row) => line(table.account, table.name, table.idOf(row), row)),
    );
  writeSync(snapshot, `${lastMs}\n`);
  closeSync(snapshot);
  renameSync(fresh, file);
  const handle = openSync(file, 'a', 0o600);
  let isOpen = true;
  return {
    lastMs,
    append(changes, nowMs) {
      if (!isOpen) throw new Error('the sandbox has stopped');
      const latest = new Map(changes.map(({ table, row }) => [row, table]));
      const rows = [...latest].map(([row, table]) =>
        line(table.account, table.name, table.idOf(row), table.isHeld(row) ? row : null),
      );
      writeRows(handle, [...rows, `${Math.floor(nowMs)}\n`]);
    },
    close() {
      if (isOpen) closeSync(handle);
      isOpen = false;
    },
  };
}

function line(account: number, table: string, id: number, row: Row | null): string {
  return `${JSON.stringify([account, table, id, row])}\n`;
}

/** In pieces: a seeded account of 100,000 items is more than one string may hold. */
function writeRows(handle: number, lines: readonly string[]): void {
  const atOnce = 5_000;
  for (let from = 0; from < lines.length; from += atOnce)
    writeWhole(handle, Buffer.from(lines.slice(from, from + atOnce).join('')));
}

function writeWhole(handle: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
}

function replay(file: string, books: Books): number {
  const tables = new Map(allTables(books).map((table) => [`${table.account}/${table.name}`, table]));
  let lastMs = 0;
  let open: [number, string, number, Row | null][] = [];
  const bytes = readFileSync(file);
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    if (end < 0) break;
    const entry = JSON.parse(bytes.toString('utf8', from, end)) as number | [number, string, number, Row | null];
    from = end + 1;
    if (typeof entry !== 'number') {
      open.push(entry);
      continue;
    }
    for (const [account, name, id, row] of open) {
      if (account > 0 && !books.accounts.has(account)) {
        const opened = openAccountBooks(account, books.changes);
        books.accounts.set(account, opened);
        for (const table of tablesOf(opened)) tables.set(`${account}/${table.name}`, table);
      }
      tables.get(`${account}/${name}`)?.replay(id, row);
    }
    open = [];
    lastMs = Math.max(lastMs, entry);
  }
  return lastMs;
}

function allTables({ oauth, accounts }: Books): AnyTable[] {
  return [...(Object.values(oauth) as AnyTable[]), ...[...accounts.values()].flatMap(tablesOf)];
}

function tablesOf(books: AccountBooks): AnyTable[] {
  return (Object.values(books) as (AnyTable | number)[]).filter((part) => typeof part !== 'number');
}
