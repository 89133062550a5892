import { expect, test } from 'vitest';
import type { SyncStanding } from './explain-sync.ts';
import { explainSync } from './explain-sync.ts';

const fine: SyncStanding = {
  isSetupComplete: true,
  missing: [],
  connection: 'active',
  isPulled: true,
  pull: null,
  isPaused: false,
  failure: null,
  ageSeconds: 600,
};
const failure = { message: 'Lightspeed does not answer', ageSeconds: 240 };

test.each<[string, Partial<SyncStanding>, string[]]>([
  ['nothing wrong is nothing to say', {}, []],
  [
    'R5: an unfinished setup alone is told',
    { isSetupComplete: false, connection: null, missing: [{ step: 'stores', reason: 'no shop is mapped' }] },
    ['setup-incomplete: Nothing syncs before the setup is completed: no shop is mapped. [setup/stores]'],
  ],
  [
    'R35: without a connection listings freeze',
    { connection: 'disconnected', ageSeconds: 200_000 },
    ['not-connected: Lightspeed is not connected; listings stand as they were 2 days ago. [setup/connect]'],
  ],
  [
    'a lost connection, beside a pause',
    { connection: 'lost', isPaused: true, ageSeconds: 7_200 },
    [
      'connection-lost: Lightspeed refuses our access; listings stand as they were 2 hours ago. [setup/connect]',
      'paused: The sync is paused; listings stand as they were 2 hours ago. [sync/resume]',
    ],
  ],
  [
    'R22: the first pull under way says how far it is',
    { isPulled: false, ageSeconds: null, pull: '3 of about 10 pages.' },
    [
      'first-pull-running: The till is read for the first time; nothing is matched before that. 3 of about 10 pages. [-]',
    ],
  ],
  [
    'a first pull that failed says why',
    { isPulled: false, ageSeconds: null, failure },
    ['first-pull-missing: The till has not been read completely yet. Lightspeed does not answer [-]'],
  ],
  [
    'R34: a failed run says since when',
    { failure },
    ['failed: The last run failed 4 minutes ago: Lightspeed does not answer [-]'],
  ],
  [
    'a till that was not read for longer than a night',
    { ageSeconds: 60_000 },
    ['stale: The till was last read 17 hours ago. [sync/run]'],
  ],
])('%s', (_name, standing, said) => {
  const notes = explainSync({ ...fine, ...standing });
  expect(notes.map(({ code, message, fix }) => `${code}: ${message} [${fix?.field ?? '-'}]`)).toEqual(said);
});
