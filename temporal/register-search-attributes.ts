import type { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { requiredSearchAttributes } from './search-attributes.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;
const wireType = {
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  Bool: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
};

/** Which of our search attributes a namespace lacks, or has with another type. */
async function missingSearchAttributes(connection: Connection, namespace: string): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return Object.entries(requiredSearchAttributes)
    .filter(([name, type]) => customAttributes[name] !== wireType[type])
    .map(([name]) => name);
}

/**
 * Registers what is missing. A cluster may forbid that (Temporal Cloud does): then a person must.
 * @returns the commands that a person must run; none when all is there.
 */
export async function registerSearchAttributes(connection: Connection, namespace: string): Promise<string[]> {
  const isMissing = await missingSearchAttributes(connection, namespace);
  if (isMissing.length === 0) return [];
  const wanted = Object.entries(requiredSearchAttributes).filter(([name]) => isMissing.includes(name));
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(wanted.map(([name, type]) => [name, wireType[type]])),
    });
    return [];
  } catch {
    return wanted.map(
      ([name, type]) =>
        `temporal operator search-attribute create --namespace ${namespace} --name ${name} --type ${type}`,
    );
  }
}

/**
 * For the start of a process: without them every workflow start would be refused. A cluster that doesn't let us look is
 * taken at its word.
 * @throws Error naming what is missing and what to do.
 */
export async function requireSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const missing = await missingSearchAttributes(connection, namespace).catch(() => []);
  if (missing.length === 0) return;
  throw new Error(
    `Temporal's namespace "${namespace}" lacks the search attributes ${missing.join(', ')}: run npm run migrate`,
  );
}
