import type { Fields, RowOf } from '../books/row.ts';
import { bodyScalars } from '../wire/read-body.ts';
import { Refusal } from '../wire/refusal.ts';
import type { Resource } from './resource.ts';

const fields = {
  registerID: 'id',
  name: 'text',
  open: 'flag',
  openTime: 'time',
  archived: 'flag',
  tipEnabled: 'flag',
  openEmployeeID: 'id',
  shopID: 'id',
  ccTerminalID: 'id',
} as const satisfies Fields;

export type RegisterRow = RowOf<typeof fields>;

/** No POST: the vendor has no endpoint to create a register. */
export const register: Resource<RegisterRow> = {
  name: 'Register',
  key: 'registerID',
  fields,
  table: (books) => books.registers,
  rights: { read: [], write: ['register', 'admin'] },
  list: true,
  one: true,
  sortable: ['registerID'],
  update: (row, body, call) => call.books.registers.update(row, bodyScalars<RegisterRow>(fields, ['name'], body)),
  subPaths: {
    open: {
      method: 'POST',
      rights: ['register_open', 'register'],
      run(row, body, call) {
        if (row.archived) throw new Refusal(400, 'Register is archived.');
        if (row.open) throw new Refusal(400, 'Register is already open.');
        const { openEmployeeID } = bodyScalars<RegisterRow>(fields, ['openEmployeeID'], {
          openEmployeeID: body['employeeID'] ?? call.employeeID,
        });
        call.books.registers.update(row, {
          open: true,
          openTime: call.clock.now(),
          openEmployeeID: openEmployeeID ?? 0,
        });
        return { resource: register, rows: [row], isList: false };
      },
    },
    close: {
      method: 'POST',
      rights: ['register_open', 'register'],
      run(row, _body, call) {
        if (!row.open) throw new Refusal(400, 'Register is not open.');
        call.books.registers.update(row, { open: false, openTime: null });
        return { resource: register, rows: [row], isList: false };
      },
    },
  },
};
