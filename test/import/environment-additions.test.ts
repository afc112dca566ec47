import { type Additions, withAdditions, withListedEnvironment } from "../../src/import/environment-additions";

const additions = (difference: Partial<Additions> = {}): Additions => ({
  existing: { users: { "new.one": { as: "other", path: "/" } }, groups: {}, roles: {}, policies: {} },
  comments: { "existing.users.new.one": "nothing says\nwhose it is" },
  accepted: [],
  steps: [],
  ...difference,
});
const edited = (text: string, difference: Partial<Additions> = {}) => {
  const edit = withAdditions(text, additions(difference));
  return edit.kind === "edited" ? edit.text : edit.because;
};
const file = (body: string) =>
  `import { defineEnvironment } from "iam-baseline";\n\nexport const prod = defineEnvironment({\n${body}});\n`;
const ENTRY = '      // nothing says whose it is\n      "new.one": { as: "other", path: "/" },\n';

describe("what is new comes into a file", () => {
  test.each([
    [
      "with users",
      "  existing: {\n    users: {\n      anna: {}, // ours\n    },\n  },\n",
      `  existing: {\n    users: {\n      anna: {}, // ours\n${ENTRY}    },\n  },\n`,
    ],
    [
      "without a comma at the end",
      "  existing: {\n    users: {\n      anna: {} // ours\n    }\n  }\n",
      `  existing: {\n    users: {\n      anna: {}, // ours\n${ENTRY}    }\n  }\n`,
    ],
    [
      "with a comment that ends in a brace",
      "  existing: {\n    users: {\n      // anna: {}\n    },\n  },\n",
      `  existing: {\n    users: {\n      // anna: {}\n${ENTRY}    },\n  },\n`,
    ],
    [
      "without users",
      "  existing: {\n    groups: {},\n  },\n",
      `  existing: {\n    groups: {},\n    users: {\n${ENTRY}    },\n  },\n`,
    ],
    [
      "without existing",
      '  name: "prod",\n',
      `  name: "prod",\n  existing: {\n    users: {\n${ENTRY}    },\n  },\n`,
    ],
    [
      "in one line",
      "  existing: { users: { anna: {} } },\n",
      `  existing: { users: { anna: {},\n${ENTRY.replace(/^ {2}/gm, "")}  } },\n`,
    ],
  ])("%s", (_what, body, expected) => {
    expect(edited(file(body))).toBe(file(expected));
  });

  test("keeps the ends of lines that it finds", () => {
    const text = file("  existing: {\n    users: {\n    },\n  },\n").replaceAll("\n", "\r\n");
    expect(edited(text).replaceAll("\r\n", "")).not.toContain("\n");
  });

  test("adds exceptions with what mends them, and reads the file of imports once", () => {
    const more = {
      accepted: [
        {
          finding: "users-need-mfa",
          subject: "user/new.one",
          reason: "was so before",
          expires: "2027-02-21",
        },
      ],
      steps: ["make it a device"],
      importsOf: "prod",
    };
    const once = edited(file("  accepted: [],\n"), more);
    expect(once).toContain('    // make it a device\n    {\n      finding: "users-need-mfa",');
    expect(once.match(/imports/g)).toHaveLength(3);
    expect(edited(once, { ...more, accepted: [], steps: [] }).match(/\.imports"/g)).toHaveLength(1);
  });

  test.each([
    [
      "users that are no literal",
      "  existing: { users: people },\n",
      "existing.users is not written out in the file",
    ],
    [
      "two environments",
      "});\nexport const stage = defineEnvironment({\n",
      "the file has 2 calls of defineEnvironment({ ... }), not one",
    ],
  ])("leaves %s to a person", (_what, body, because) => {
    expect(edited(file(body))).toBe(because);
  });
});

test.each([
  ["export const environments = [personal];\n", "[personal, prod];"],
  ["export const environments: Environment[] = [\n  personal,\n];\n", "personal, prod"],
  ["export const environments = [];\n", "[prod];"],
])("an index lists one environment more: %j", (text, expected) => {
  const edit = withListedEnvironment(`import { personal } from "./personal";\n${text}`, "prod", "prod");
  expect(edit).toMatchObject({ kind: "edited", text: expect.stringContaining(expected) });
  expect(edit).toMatchObject({
    text: expect.stringMatching(/personal";\nimport \{ prod \} from ".\/prod";\n/),
  });
});
