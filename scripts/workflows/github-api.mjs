/** The few calls of GitHub's REST API that the workflows need. @see https://docs.github.com/en/rest */

/** Pages are as long as GitHub makes them. */
const PER_PAGE = 100;
/** 10,000 comments or issues: more is not a list that we would be in. */
const MAX_PAGES = 100;

/** The name under which a job's own token writes. */
export const WORKFLOW_AUTHOR = "github-actions[bot]";

/**
 * @param {Readonly<Record<string, string | undefined>>} environmentVariables those of a job's step: `GITHUB_API_URL`,
 *   `GITHUB_REPOSITORY` and the token as `GITHUB_TOKEN`
 * @throws Error where one of them is missing
 */
export function githubApi(environmentVariables) {
  const base = required(environmentVariables, "GITHUB_API_URL").replace(/\/+$/, "");
  const repository = required(environmentVariables, "GITHUB_REPOSITORY");
  const token = required(environmentVariables, "GITHUB_TOKEN");
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new Error(`GITHUB_REPOSITORY: expected owner/name, got ${JSON.stringify(repository)}`);
  }

  async function request(method, path, body) {
    const response = await fetch(`${base}/repos/${repository}${path}`, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "user-agent": "iam-baseline-workflows",
        "x-github-api-version": "2022-11-28",
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    if (!response.ok) {
      const text = (await response.text()).slice(0, 500);
      throw new Error(`GitHub answered ${response.status} to ${method} ${path}: ${text}`);
    }
    return response.status === 204 ? undefined : response.json();
  }

  /** Every entry of a list, from all of its pages. */
  async function all(path) {
    const entries = [];
    for (let page = 1; page <= MAX_PAGES; page++) {
      const separator = path.includes("?") ? "&" : "?";
      const found = await request("GET", `${path}${separator}per_page=${PER_PAGE}&page=${page}`);
      if (!Array.isArray(found)) throw new Error(`GET ${path}: expected a list, got something else`);
      entries.push(...found);
      if (found.length < PER_PAGE) return entries;
    }
    throw new Error(`GET ${path}: more than ${MAX_PAGES} pages; nothing was written`);
  }

  return { request, all };
}

function required(environmentVariables, name) {
  const value = environmentVariables[name];
  if (value === undefined || value === "") throw new Error(`${name}: expected a value, got none`);
  return value;
}
