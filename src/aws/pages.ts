interface Page {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

/**
 * Every page of a list of IAM's. A page may be empty and still not be the last.
 *
 * @throws Error when IAM says that more follows, but not where
 */
export async function* pages<P extends Page>(
  call: string,
  ask: (marker: string | undefined) => Promise<P>,
): AsyncGenerator<P> {
  for (let marker: string | undefined; ; ) {
    const page = await ask(marker);
    yield page;
    if (page.IsTruncated !== true) return;
    if (page.Marker === undefined) throw new Error(`${call}: IAM said that more follows, and not where`);
    marker = page.Marker;
  }
}

interface TokenPage {
  readonly NextToken?: string | undefined;
}

/** Every page of a list that goes on by a token. A page may be empty and still not be the last. */
export async function* tokenPages<P extends TokenPage>(
  ask: (token: string | undefined) => Promise<P>,
): AsyncGenerator<P> {
  let token: string | undefined;
  do {
    const page = await ask(token);
    yield page;
    token = page.NextToken;
  } while (token !== undefined && token !== "");
}
