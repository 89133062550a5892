/** Someone who can sign in at Lightspeed: an employee of an account. */
export interface TillUser {
  accountId: string;
  employeeId: string;
}

export type Browser = ReturnType<typeof createBrowser>;

/** A person's browser at Lightspeed's sign-in pages; it keeps their cookies. */
export function createBrowser() {
  const cookies = new Map<string, string>();

  async function visit(url: string, form?: URLSearchParams): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = cookie === '' ? {} : { cookie };
    const posted = form === undefined ? {} : { method: 'POST', body: form };
    const answer = await fetch(url, { headers, redirect: 'manual', ...posted });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (name !== undefined && value !== undefined) cookies.set(name, value);
    }
    return answer;
  }

  /** Opens the page that *Connect* leads to, and decides. @returns the query that Lightspeed sends the browser back with. */
  async function decide(authorizationUrl: string, fields: Record<string, string>): Promise<string> {
    const page = await visit(authorizationUrl);
    if (page.status !== 200) throw new Error(`the sign-in page answered ${page.status}: ${await page.text()}`);
    await page.body?.cancel();
    const { origin, pathname, searchParams } = new URL(authorizationUrl);
    const answer = await visit(
      origin + pathname,
      new URLSearchParams({ ...Object.fromEntries(searchParams), ...fields }),
    );
    const back = answer.headers.get('location');
    if (back === null) throw new Error(`the sign-in page gave no way back: ${answer.status} ${await answer.text()}`);
    return new URL(back).search.slice(1);
  }

  return {
    approve: (authorizationUrl: string, user: TillUser) => decide(authorizationUrl, { ...user, decision: 'approve' }),
    deny: (authorizationUrl: string) => decide(authorizationUrl, { decision: 'deny' }),
  };
}
