import { expect, test } from 'vitest';
import { csvRow } from './csv.ts';

test('fields with commas, quotes and line breaks come back as they were', () => {
  expect(csvRow(['a,b', 'say "hi"', 'two\nlines', null])).toBe('"a,b","say ""hi""","two\nlines",\r\n');
});

test('a text that a spreadsheet would run is shown instead', () => {
  expect(csvRow(['=1+1', '@x', '-2+3', '-2.50'])).toBe("'=1+1,'@x,'-2+3,-2.50\r\n");
});
