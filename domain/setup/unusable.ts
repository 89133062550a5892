import { Problem } from '../problem.ts';

/** The refusal of a choice that is there and can't be used, naming it. @param why as `setup/options` says it. */
export function unusable(what: string, id: string, why: string, field: string): Problem {
  const message = `The ${what} "${id}" can not be chosen: ${why}`;
  return new Problem('choice-unusable', message, {
    field,
    remedy: `Choose another ${what}; GET …/setup/options lists what can be chosen`,
  });
}
