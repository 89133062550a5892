import ora from 'ora';

/** Prints one plain line a step, with its result and time; a spinner while it lasts, if a person watches. */
export interface Report {
  step<T>(title: string, work: (progress: (text: string) => void) => Promise<StepResult<T>>): Promise<T>;
  line(text: string): void;
  heading(text: string): void;
}

/** What a step gave: in words for the reader, and as a value for the next step. */
export interface StepResult<T> {
  words: string;
  value: T;
}

export function createReport(): Report {
  const isWatched = process.stdout.isTTY;
  const line = (text: string) => void process.stdout.write(`${text}\n`);
  return {
    line,
    heading: (text) => line(`\n${text}`),
    async step(title, work) {
      const startedAt = performance.now();
      const spinner = ora({ text: title, isSilent: !isWatched, stream: process.stdout });
      if (isWatched) spinner.start();
      try {
        const { words, value } = await work((text) => {
          spinner.text = `${title}: ${text}`;
        });
        spinner.stop();
        line(`  ${title}: ${words} (${seconds(performance.now() - startedAt)})`);
        return value;
      } catch (error) {
        spinner.stop();
        line(`  ${title}: FAILED after ${seconds(performance.now() - startedAt)}`);
        throw error;
      }
    },
  };
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** A table with a header row, columns as wide as their widest cell. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const format = (row: readonly string[]) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd();
  const [header, ...body] = rows;
  return [format(header ?? []), `  ${widths.map((width) => '-'.repeat(width)).join('  ')}`, ...body.map(format)].join(
    '\n',
  );
}
