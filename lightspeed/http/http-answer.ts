/** An answer whose body has been read to its end. Header names are in lower case: the vendor's letter case varies. */
export interface HttpAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** Unpacked, and still text. */
  body: string;
  /** From `Retry-After`, which the vendor sends in seconds. */
  retryAfterMs: number | null;
}
