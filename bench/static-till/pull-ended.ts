import type { Sql } from 'postgres';

export interface EndedPull {
  items: number;
  listings: number;
  /** To committed staging. */
  pullMs: number;
  /** To published listings. */
  syncMs: number;
}

/** The latest of so many full pulls, once it has ended, timed by the database's clock. @throws Error if it failed. */
export async function pullEnded(sql: Sql, pulls: number): Promise<EndedPull> {
  for (;;) {
    const [run] = await sql<(EndedPull & { state: string; error: string | null })[]>`
      select r.state, r.error_code as error, r.items_seen as items, r.listings_changed as listings,
        extract(epoch from r.pulled_at - r.started_at)::float8 * 1000 as "pullMs",
        extract(epoch from r.ended_at - r.started_at)::float8 * 1000 as "syncMs"
      from (
        select s.*, (select p.updated_at from pull_cursors p where p.run_id = s.id and p.stream = 'full') as pulled_at,
          row_number() over (order by started_at) as place
        from sync_runs s where mode = 'full') r
      where r.place = ${pulls} and r.state <> 'running'`;
    if (run && run.state !== 'succeeded') throw new Error(`the pull ended as ${run.state}: ${run.error}`);
    if (run) return run;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
