import type { ConnectionState } from '../setup/connection-state.ts';
import type { Fix } from './explain-item.ts';

/** Where a tenant's sync stands; ages in seconds. */
export interface SyncStanding {
  isSetupComplete: boolean;
  /** What the setup still needs, in the wizard's words. */
  missing: readonly { step: string; reason: string }[];
  connection: ConnectionState | null;
  /** The connected account was read completely once. */
  isPulled: boolean;
  /** How far the full pull under way has come, in a sentence; null if none is. */
  pull: string | null;
  isPaused: boolean;
  /** The last run that ended, if it failed. */
  failure: { message: string; ageSeconds: number } | null;
  /** Since the last run that read the till and went well. */
  ageSeconds: number | null;
}

export interface SyncNote {
  code:
    | 'setup-incomplete'
    | 'not-connected'
    | 'connection-lost'
    | 'first-pull-running'
    | 'first-pull-missing'
    | 'paused'
    | 'failed'
    | 'stale';
  message: string;
  fix: Fix | null;
}

/** What makes all of a tenant's listings older or fewer than they should be, worst first; empty when nothing does. */
export function explainSync(standing: SyncStanding): SyncNote[] {
  const { isSetupComplete, missing, connection, isPulled, pull, isPaused, failure, ageSeconds } = standing;
  if (!isSetupComplete) {
    const what = missing.map(({ reason }) => reason).join('; ') || 'it has not been completed';
    const field = `setup/${missing[0]?.step ?? 'complete'}`;
    return [
      note(
        'setup-incomplete',
        `Nothing syncs before the setup is completed: ${what}.`,
        field,
        'Go on with the wizard.',
      ),
    ];
  }
  const notes: SyncNote[] = [];
  if (connection === 'lost') {
    notes.push(
      note(
        'connection-lost',
        `Lightspeed refuses our access; ${frozen(ageSeconds)}`,
        'setup/connect',
        'Connect again.',
      ),
    );
  } else if (connection !== 'active') {
    notes.push(
      note('not-connected', `Lightspeed is not connected; ${frozen(ageSeconds)}`, 'setup/connect', 'Connect it.'),
    );
  }
  if (!isPulled && connection === 'active') {
    notes.push(
      pull !== null
        ? note('first-pull-running', `The till is read for the first time; nothing is matched before that. ${pull}`)
        : note(
            'first-pull-missing',
            `The till has not been read completely yet.${failure ? ` ${failure.message}` : ''}`,
          ),
    );
  }
  if (isPaused) notes.push(note('paused', `The sync is paused; ${frozen(ageSeconds)}`, 'sync/resume', 'Resume it.'));
  if (isPulled && failure) {
    notes.push(note('failed', `The last run failed ${age(failure.ageSeconds)} ago: ${failure.message}`));
  }
  if (notes.length === 0 && ageSeconds !== null && ageSeconds > nightSeconds) {
    notes.push(note('stale', `The till was last read ${age(ageSeconds)} ago.`, 'sync/run', 'Run it now.'));
  }
  return notes;
}

/** Longer than the night outside the widest usual window, so that a quiet night isn't told. */
const nightSeconds = 12 * 3_600;

function note(code: SyncNote['code'], message: string, field?: string, what = ''): SyncNote {
  return { code, message, fix: field === undefined ? null : { where: 'tillbridge', field, what } };
}

function frozen(ageSeconds: number | null): string {
  return ageSeconds === null ? 'nothing was read yet.' : `listings stand as they were ${age(ageSeconds)} ago.`;
}

function age(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} seconds`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} minutes`;
  return seconds < 129_600 ? `${Math.round(seconds / 3_600)} hours` : `${Math.round(seconds / 86_400)} days`;
}
