import postgres from 'postgres';

/**
 * Makes a database on the server that `adminUrl` names, as a copy of `template` if given (nobody may be connected to that
 * one meanwhile), and returns its URL.
 */
export async function createDatabase(adminUrl: string, name: string, template?: string): Promise<string> {
  await withServer(adminUrl, (sql) =>
    // Only tests copy: on a disposable server copying the files takes 22 ms for 40 tables, the default way 44 ms.
    template
      ? sql`create database ${sql(name)} template ${sql(template)} strategy file_copy`
      : sql`create database ${sql(name)}`,
  );
  return databaseUrl(adminUrl, name);
}

/** Makes the database unless it is there already, and returns its URL. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<string> {
  const isThere = await withServer(adminUrl, (sql) => sql`select 1 from pg_database where datname = ${name}`);
  return isThere.length > 0 ? databaseUrl(adminUrl, name) : createDatabase(adminUrl, name);
}

/** Drops a database with everything in it, and cuts off who is connected to it. None of that name: fine. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await withServer(adminUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
}

async function withServer<T>(adminUrl: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}
