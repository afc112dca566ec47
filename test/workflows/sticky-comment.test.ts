import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeGithub } from "./support/fake-github";
import { runScript } from "./support/script";

const MARKER = "<!-- iam-baseline-review -->";
let github: FakeGithub;
let folder: string;

beforeEach(async () => {
  github = new FakeGithub();
  await github.start();
  folder = mkdtempSync(join(tmpdir(), "iam-baseline-comment-"));
});

afterEach(async () => {
  await github.stop();
  rmSync(folder, { recursive: true, force: true });
});

function comment(texts: Readonly<Record<string, string>>, variables: Readonly<Record<string, string>> = {}) {
  for (const [name, text] of Object.entries(texts)) {
    const artifact = join(folder, `text-${name.replace(/\.md$/, "")}`);
    mkdirSync(artifact, { recursive: true });
    writeFileSync(join(artifact, name), text);
  }
  return runScript("sticky-comment.mjs", ["review", folder], {
    ...github.environmentVariables,
    PULL_REQUEST: "7",
    ...variables,
  });
}

const bodies = () => github.comments.map(({ body }) => body);

test("writes a comment that begins with the marker", async () => {
  expect(await comment({ "review.md": "**No access change.**" })).toMatchObject({ status: 0 });
  expect(bodies()).toEqual([`${MARKER}\n**No access change.**\n`]);
});

test("updates the comment of an earlier run", async () => {
  const own = github.addComment(7, `${MARKER}\nold`);
  await comment({ "review.md": "**home gains admin**" });
  expect(github.writes).toEqual([`PATCH /issues/comments/${own.id}`]);
  expect(own.body).toContain("**home gains admin**");
});

test("finds its comment on the third page", async () => {
  for (let count = 0; count < 250; count++) github.addComment(7, `comment ${count}`, "alice");
  const own = github.addComment(7, `${MARKER}\nold`);
  await comment({ "review.md": "new" });
  expect(github.writes).toEqual([`PATCH /issues/comments/${own.id}`]);
});

test("writes nothing when nothing changed", async () => {
  await comment({ "review.md": "same" });
  await comment({ "review.md": "same" });
  expect(github.writes).toHaveLength(1);
});

test("leaves comments of others alone that begin with the marker", async () => {
  github.addComment(7, `${MARKER}\nfaked`, "mallory");
  await comment({ "review.md": "true" });
  expect(bodies()).toEqual([`${MARKER}\nfaked`, `${MARKER}\ntrue\n`]);
});

test("leaves own comments alone that only quote the marker", async () => {
  github.addComment(7, `quoting ${MARKER}`);
  await comment({ "review.md": "true" });
  expect(github.comments).toHaveLength(2);
});

test("appends the plan of each account", async () => {
  const plans = JSON.stringify([{ environment: "team-dev" }, { environment: "team-prod" }]);
  await comment(
    { "review.md": "first", "plan-team-dev.md": "second", "plan-team-prod.md": "third" },
    { PLANS: plans },
  );
  expect(bodies()[0]).toMatch(/first\n\n### Plan of team-dev\n\nsecond\n\n### Plan of team-prod\n\nthird/);
});

describe("a text that was not made", () => {
  test("replaces the old verdict and fails", async () => {
    const own = github.addComment(7, `${MARKER}\n**No access change.**`);
    expect((await comment({})).status).toBe(1);
    expect(own.body).toContain("Not reviewed: could not tell what changes");
  });

  test("of one account leaves the verdicts of the others", async () => {
    const plans = JSON.stringify([{ environment: "team-dev" }]);
    expect((await comment({ "review.md": "**critical**" }, { PLANS: plans })).status).toBe(1);
    expect(bodies()[0]).toMatch(/\*\*critical\*\*\n\n### Plan of team-dev\n\n\*\*Not reviewed/);
  });
});

describe("a text from a pull request's code", () => {
  const hostile = async (text: string) => {
    await comment({ "review.md": text });
    return bodies()[0] ?? "";
  };

  test("mentions nobody", async () => {
    expect(await hostile("hello @everyone and @octo/admins")).not.toMatch(/@[a-z]/);
  });

  test("cannot hold a marker", async () => {
    const body = await hostile(`a ${MARKER} <!--iam-baseline-drift:prod--> b`);
    expect(body.match(/<!--/g)).toHaveLength(1);
  });

  test("loses control characters and overrides of the writing direction", async () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(await hostile("a\u0000b\u001b[31mc\u202ed")).not.toMatch(/[\u0000\u001b\u202e]/);
  });

  test("shows four characters of an access key id", async () => {
    expect(await hostile("key AKIAIOSFODNN7EXAMPLE")).toContain("key ****MPLE");
  });

  test("keeps back-ticks, expressions and shell text as they are", async () => {
    const text = "```\n$(id) ${{ secrets.X }} `id`\n```";
    expect(await hostile(text)).toContain(text);
  });
});

describe("65,536 characters", () => {
  const long = `**VERDICT: critical**\n\n<details><summary>diff</summary>\n\n\`\`\`diff\n${"+ line of a diff\n".repeat(20_000)}`;

  test("a longer text is cut and keeps its verdict", async () => {
    expect((await comment({ "review.md": long })).status).toBe(0);
    expect(bodies()[0]).toMatch(/^<!-- iam-baseline-review -->\n\*\*VERDICT: critical\*\*/);
  });

  test("what was open at the cut is closed", async () => {
    await comment({ "review.md": long });
    expect(bodies()[0]).toMatch(/\n```\n<\/details>\n\n_Shortened: /);
  });

  test("most of the room is used", async () => {
    await comment({ "review.md": long });
    expect(bodies()[0]?.length).toBeGreaterThan(63_000);
  });

  test("every part keeps its verdict", async () => {
    const plans = JSON.stringify([{ environment: "team-dev" }, { environment: "team-prod" }]);
    await comment(
      { "review.md": long, "plan-team-dev.md": long, "plan-team-prod.md": "**short**" },
      { PLANS: plans },
    );
    expect(bodies()[0]?.match(/VERDICT: critical/g)).toHaveLength(2);
    expect(bodies()[0]).toContain("**short**");
  });

  test("a cut does not split a character", async () => {
    await comment({ "review.md": "😀".repeat(40_000) });
    expect(bodies()[0]).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });

  test("fifty accounts of a megabyte each fit", async () => {
    const names = Array.from({ length: 50 }, (_, index) => `account-${index}`);
    const texts = Object.fromEntries(
      names.map((name) => [`plan-${name}.md`, `**${name}**\n${"x\n".repeat(500_000)}`]),
    );
    const plans = JSON.stringify(names.map((environment) => ({ environment })));
    expect((await comment({ ...texts, "review.md": "v" }, { PLANS: plans })).status).toBe(0);
    expect(names.filter((name) => !bodies()[0]?.includes(`**${name}**`))).toEqual([]);
  });
});

test.each(["", "0", "7; rm -rf", "../1", "7/comments"])("refuses the pull request %j", async (number) => {
  const { status, stderr } = await comment({ "review.md": "x" }, { PULL_REQUEST: number });
  expect(status).toBe(1);
  expect(stderr).toContain("expected the number of a pull request");
});

test("refuses environments that would lead elsewhere", async () => {
  const { status } = await comment({ "review.md": "x" }, { PLANS: '[{"environment":"../../etc/passwd"}]' });
  expect(status).toBe(1);
  expect(github.writes).toEqual([]);
});

test("an answer of GitHub that is an error is an error, and shows no token", async () => {
  github.failure = 503;
  const { status, stderr, stdout } = await comment({ "review.md": "x" });
  expect(status).toBe(1);
  expect(stderr).toContain("GitHub answered 503 to GET /issues/7/comments");
  expect(stderr + stdout).not.toContain("token-of-the-job");
});

test("takes no text from an artifact of another name", async () => {
  const forged = join(folder, "text-zz");
  mkdirSync(forged);
  writeFileSync(join(forged, "review.md"), "**No access change.**");
  await comment({ "review.md": "**home gains admin**" });
  expect(bodies().join()).toContain("**home gains admin**");
  expect(bodies().join()).not.toContain("No access change");
});

test.each([
  ["an image", "![x](https://evil.example/x.png)", /!\[/],
  ["a link", "[the fix](https://evil.example/x)", /\]\(https:\/\/evil/],
  ["a bare address", "see https://evil.example/x", /https:\/\/evil/],
  ["a host", "see www.evil.example", /www\.evil/],
  ["an HTML image", '<img src="https://evil.example/x.png">', /<img/],
  ["an anchor", '<a href="https://evil.example">x</a>', /<a\b/],
  ["a tag with attributes", '<details onclick="x">', /<details o/],
])("shows %s as text", async (_what, text, live) => {
  await comment({ "review.md": text });
  expect(bodies().join().replace(MARKER, "")).not.toMatch(live);
});

test("keeps the tags and the pages that reports write themselves", async () => {
  const text = "<details><summary>x</summary>\n\nsee [docs](https://docs.aws.amazon.com/IAM/x)\n</details>";
  await comment({ "review.md": text });
  expect(bodies().join()).toContain(text);
});
