/** `2016-11-10T13:51:54+00:00`: always UTC on output. */
export function wireTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}+00:00`;
}

const timeShape = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(?:Z|([+\- ])(\d\d):?(\d\d))?)?$/;

/**
 * Epoch seconds of `2026-01-31T10:00:00`, with `Z`, `+0000`, `+00:00` or no zone (UTC) behind it; undefined if it is no time.
 * A blank stands for a `+` that the caller did not encode.
 */
export function parseWireTime(text: string): number | undefined {
  const parts = timeShape.exec(text.trim());
  if (!parts) return undefined;
  const [, day, time = '00:00:00', sign, hours, minutes] = parts;
  const zone = sign ? `${sign === '-' ? '-' : '+'}${hours}:${minutes}` : 'Z';
  const ms = Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000);
}
