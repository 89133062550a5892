import type { Fields, RowOf } from '../books/row.ts';
import type { Body } from '../wire/read-body.ts';
import { bodyScalars, isBody } from '../wire/read-body.ts';
import type { Call, Resource } from './resource.ts';

const fields = { noteID: 'id', note: 'text', isPublic: 'flag', timeStamp: 'time' } as const satisfies Fields;

export type NoteRow = RowOf<typeof fields>;

/** A text on an item or a sale line; comes with those. */
export const note: Resource<NoteRow> = {
  name: 'Note',
  key: 'noteID',
  fields,
  table: (books) => books.notes,
  rights: { read: [], write: [] },
  list: false,
  one: false,
  sortable: [],
};

/** The id of the note in `body[name]`: new, or the one of `noteID` changed; `noteID` itself when the body has none. */
export function writeNote(body: Body, name: string, noteID: number, { books, clock }: Call): number {
  const given = body[name];
  if (!isBody(given)) return noteID;
  const values = { ...bodyScalars<NoteRow>(fields, ['note', 'isPublic'], given), timeStamp: clock.now() };
  const old = books.notes.get(noteID);
  return old ? books.notes.update(old, values).noteID : books.notes.insert(values).noteID;
}
