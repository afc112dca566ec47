import { nearestName, suggestion } from "../../src/findings/nearest-name";

describe("the nearest name", () => {
  test.each([
    ["developer", ["developers", "operators"], "developers"],
    ["DEVELOPERS", ["developers"], "developers"],
    ["dialy", ["daily", "admin"], "daily"],
    ["admin", ["daily", "security-auditors"], undefined],
    ["anything", [], undefined],
  ])("to %s among %j is %s", (written, known, nearest) => {
    expect(nearestName(written, known)).toBe(nearest);
  });

  test("is suggested, or else the known names, or else what to do without any", () => {
    expect(suggestion("dialy", ["daily"], "declare it")).toBe('did you mean "daily"?');
    expect(suggestion("elsewhere", ["daily", "admin"], "declare it")).toBe('use one of "daily", "admin"');
    expect(suggestion("elsewhere", [], "declare it")).toBe("declare it");
  });

  test("names eight at most", () => {
    const known = Array.from({ length: 9 }, (_, index) => `a-long-name-${index}`);
    expect(suggestion("zzz", known, "")).toMatch(/"a-long-name-7", \.\.\.$/);
  });
});
