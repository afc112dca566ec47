import fc from "fast-check";
import { isRepositoryName, nameRule, repositoryUserName } from "../../src/environment/iam-names";

describe("an IAM name", () => {
  test.each([
    ["user", 64],
    ["role", 64],
    ["group", 128],
    ["policy", 128],
  ] as const)("of a %s has up to %i characters", (kind, limit) => {
    expect(nameRule(kind, "a")).toBeUndefined();
    expect(nameRule(kind, "a".repeat(limit))).toBeUndefined();
    expect(nameRule(kind, "a".repeat(limit + 1))).toBe(
      `an IAM ${kind} name is 1-${limit} of A-Za-z0-9+=,.@_-`,
    );
  });

  test.each(["a.b", "a+b", "a=b", "a,b", "a@b", "a_b", "-", "A1"])("%s is taken", (name) => {
    expect(nameRule("user", name)).toBeUndefined();
  });

  test.each(["", " ", "a b", " a", "a\n", "名前", "../", "a/b", "a*", "${x}", "a`b", "é"])(
    "refuses %j",
    (name) => {
      expect(nameRule("user", name)).toMatch(/^an IAM user name is 1-64/);
    },
  );

  test("leaves room for a suffix", () => {
    expect(nameRule("role", "a".repeat(55), 9)).toBeUndefined();
    expect(nameRule("role", "a".repeat(56), 9)).toBe(
      "an IAM role name is 1-55 of A-Za-z0-9+=,.@_- (9 of 64 are kept for the suffix)",
    );
  });
});

describe("a repository", () => {
  test.each(["octo/website", "o/w", "a-b/c.d_e-f", "octo/.github", `${"o".repeat(39)}/${"w".repeat(100)}`])(
    "%s is taken",
    (repository) => expect(isRepositoryName(repository)).toBe(true),
  );

  test.each([
    "octo",
    "octo/",
    "/website",
    "octo/a/b",
    "octo/..",
    "octo/.",
    "octo.x/website",
    "-octo/website",
    "octo/web site",
    "octo/*",
    "octo/ウェブ",
    `${"o".repeat(40)}/w`,
    `o/${"w".repeat(101)}`,
    "",
  ])("refuses %j", (repository) => expect(isRepositoryName(repository)).toBe(false));
});

/** Owners and names as GitHub writes them, gathered around IAM's 64 characters, with dots and dashes. */
const owner = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/);
const name = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9._-]{1,100}$/),
  fc.stringMatching(/^[ab.-]{1,6}$/),
  fc.stringMatching(/^[ab.-]{22,64}$/),
);
const repository = fc
  .tuple(fc.oneof(owner, fc.stringMatching(/^[ab][ab-]{0,3}$/)), name)
  .map(([o, n]) => `${o}/${n}`)
  .filter(isRepositoryName);

describe("the user name of a repository", () => {
  test.each([
    ["octo/website", "octo.website"],
    ["octo/a.b", "octo.a.b"],
    [`octo/${"w".repeat(59)}`, `octo.${"w".repeat(59)}`],
  ])("%s -> %s", (written, user) => expect(repositoryUserName(written)).toBe(user));

  test("is cut and marked from the 65th character on", () => {
    const user = repositoryUserName(`octo/${"w".repeat(60)}`);
    expect(user).toMatch(/^octo\.w{42}\+[0-9a-f]{16}$/);
    expect(user).toHaveLength(64);
  });

  test("is always one that IAM accepts", () => {
    fc.assert(
      fc.property(repository, (written) => nameRule("user", repositoryUserName(written)) === undefined),
    );
  });

  test("is never that of another repository, letter case aside", () => {
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(repository, (written) => {
        const user = repositoryUserName(written).toLowerCase();
        const first = seen.get(user) ?? written.toLowerCase();
        seen.set(user, first);
        expect(first).toBe(written.toLowerCase());
      }),
      { numRuns: 2000 },
    );
  });

  test("is never that of a near neighbour: a dot or a dash moved, a long name with another end", () => {
    fc.assert(
      fc.property(repository, fc.nat(), fc.constantFrom(".", "-", "a", "+"), (written, at, character) => {
        const position = at % written.length;
        const other = `${written.slice(0, position)}${character}${written.slice(position + 1)}`;
        fc.pre(isRepositoryName(other) && other.toLowerCase() !== written.toLowerCase());
        expect(repositoryUserName(other).toLowerCase()).not.toBe(repositoryUserName(written).toLowerCase());
      }),
      { numRuns: 1000 },
    );
  });

  test("is the same for a long name in any letter case, but for the letters that are kept", () => {
    const long = `octo/${"w".repeat(80)}`;
    expect(repositoryUserName(long.toUpperCase()).toLowerCase()).toBe(repositoryUserName(long).toLowerCase());
  });
});
