import { Problem } from '../../domain/problem.ts';

/**
 * Refuses text that the database can't hold: NUL characters and halves of surrogate pairs, in values and in names.
 * @throws Problem `bad-request`
 */
export function refuseBadText(value: unknown, field: string): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) {
      throw new Problem('bad-request', 'The text holds a NUL or a broken character', { field });
    }
  } else if (Array.isArray(value)) {
    value.forEach((one, index) => refuseBadText(one, `${field}[${index}]`));
  } else if (value !== null && typeof value === 'object') {
    for (const [name, one] of Object.entries(value)) {
      refuseBadText(name, field);
      refuseBadText(one, field === '' ? name : `${field}.${name}`);
    }
  }
}
