import { parseArgs } from 'node:util';
import type { SandboxOptions } from './start-sandbox.ts';
import { switchTable } from './switches.ts';

const flags = {
  port: { type: 'string', value: 'N', about: 'port on 127.0.0.1; 0 or none: any that is free' },
  items: { type: 'string', value: 'N', about: 'size of the first account, 1000 unless told' },
  seed: { type: 'string', value: 'N', about: 'the same seed gives the same account, 1 unless told' },
  registers: {
    type: 'string',
    value: 'N',
    about: 'registers of the first account, which size its rate limit, 4 unless told',
  },
  'time-scale': { type: 'string', value: 'X', about: 'how many times as fast its clock runs, for benchmarks' },
  unlimited: { type: 'boolean', value: '', about: 'no rate limit' },
  switch: {
    type: 'string',
    value: 'name=value',
    about: 'a behaviour that the vendor leaves open, see below; may be given many times',
    multiple: true,
  },
  'client-id': { type: 'string', value: 'ID', about: 'OAuth client' },
  'client-secret': { type: 'string', value: 'SECRET', about: 'its secret' },
  'redirect-uri': { type: 'string', value: 'URL', about: 'the address it is registered with' },
  'state-file': {
    type: 'string',
    value: 'FILE',
    about: 'keeps everything there, also through kill -9, and goes on with it',
  },
  'stop-with-parent': { type: 'boolean', value: '', about: 'ends when standard input closes' },
  help: { type: 'boolean', value: '', about: 'this page' },
} as const;

/** What the command line asks for. @throws Error in plain words */
export function readOptions(args: string[]): SandboxOptions & { isHelp: boolean; stopWithParent: boolean } {
  const { values } = parseArgs({ args, options: flags });
  return {
    isHelp: values.help ?? false,
    stopWithParent: values['stop-with-parent'] ?? false,
    port: whole('port', values.port, 0, 0),
    items: whole('items', values.items, 1_000, 0),
    seed: whole('seed', values.seed, 1, 0),
    registers: whole('registers', values.registers, 4, 1),
    timeScale: scale(values['time-scale']),
    unlimited: values.unlimited ?? false,
    switches: Object.fromEntries((values.switch ?? []).map(position)),
    ...(values['client-id'] !== undefined && { clientId: values['client-id'] }),
    ...(values['client-secret'] !== undefined && { clientSecret: values['client-secret'] }),
    ...(values['redirect-uri'] !== undefined && { redirectUri: values['redirect-uri'] }),
    ...(values['state-file'] !== undefined && { stateFile: values['state-file'] }),
  };
}

/** The page of `--help`: every option and every switch, its default first. */
export function usage(): string {
  const options = Object.entries(flags).map(
    ([name, { value, about }]) => `  ${`--${name} ${value}`.padEnd(22)} ${about}\n`,
  );
  const switches = Object.entries(switchTable).map(
    ([name, { positions, about }]) => `  ${name}=${positions.join('|')}\n      ${about}\n`,
  );
  return `A simulator of the Lightspeed Retail (R-Series) API on 127.0.0.1. Prints one line of JSON when it is ready.

npm run sandbox -- [options]

${options.join('')}
Switches (the default comes first):
${switches.join('')}
Control plane: GET http://127.0.0.1:PORT/__sandbox lists its routes.
`;
}

function whole(name: string, text: string | undefined, usual: number, least: number): number {
  const value = text === undefined ? usual : Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`--${name} must be a whole number from ${least} up`);
  return value;
}

function scale(text: string | undefined): number {
  const value = text === undefined ? 1 : Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new Error('--time-scale must be a number above 0');
  return value;
}

function position(text: string): [string, string] {
  const equals = text.indexOf('=');
  if (equals < 1) throw new Error(`--switch ${text}: write it as name=value`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}
