/** How a run stands. `held`: it went out except for changes that a person must approve. */
export const runStates = ['running', 'succeeded', 'held', 'failed'] as const;

export type RunState = (typeof runStates)[number];

/** What made a run start. `preview`: a look at what the setup as chosen so far would give; it publishes nothing. */
export const runTriggers = ['schedule', 'person', 'setup', 'settings', 'preview'] as const;

export type RunTrigger = (typeof runTriggers)[number];
