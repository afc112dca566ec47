import fc from "fast-check";
import type { AccessGraph } from "../../src/iam/graph";
import { accessReport } from "../../src/report/build-report";
import { formatAccessSvg } from "../../src/report/format/svg";
import { arranged, crossings } from "../../src/report/picture/arrangement";
import type { DeviceBox, PeopleLane, Picture, RoleBox } from "../../src/report/picture/picture";
import { pictureOf } from "../../src/report/picture/picture-of";
import { ACCOUNT, accessGraph, allow, group, policyOf, role, trust, user } from "../builders/access-graph";
import { shippedInputs } from "./shipped";

const report = accessReport(shippedInputs);
const pictures = new Map(
  report.environments.map((environment) => [environment.name, pictureOf(environment)]),
);
const pictureNamed = (name: string): Picture => {
  const picture = pictures.get(name);
  if (picture === undefined) throw new Error(`no picture of ${name}`);
  return picture;
};
const labels = ({ people }: Picture) => people.frames.map(({ boxes }) => boxes.map(({ label }) => label));

function svgOf(graph: Partial<AccessGraph>) {
  const drawn = accessReport([{ environment: "e", graph: accessGraph(graph) }]);
  const text = formatAccessSvg(drawn);
  return { text, height: Number(/height="(\d+)"/.exec(text)?.[1]) };
}

describe("lines cross no more than they must", () => {
  test("who may administer stands beside the administrator's role", () => {
    expect(labels(pictureNamed("personal"))).toEqual([["work", "home"]]);
    expect(pictureNamed("personal").people.roles[0]?.isAdmin).toBe(true);
  });

  test("people stand beside their devices", () => {
    const { people } = pictureNamed("team-dev");
    const withoutRoles = { ...people, roles: [] };
    expect(crossings(withoutRoles)).toBe(0);
    expect(people.persons.map(({ key }) => key).sort()).toEqual(["anna", "ben", "chris"]);
  });

  const device = (label: string, roles: readonly string[]): DeviceBox => ({
    label,
    detail: "",
    count: 1,
    isStack: false,
    isBreakGlass: false,
    persons: [label],
    edges: roles.map((one) => ({ role: one, gate: "MFA", isKnown: true })),
  });
  const box = (key: string): RoleBox => ({
    key,
    label: key,
    detail: "",
    isAdmin: false,
    isForeign: false,
    gates: [{ text: "MFA", isWeak: false }],
    reach: [],
  });
  const lane = (devices: readonly DeviceBox[], roles: readonly string[]): PeopleLane => ({
    persons: devices.map(({ label }) => ({ key: label, label })),
    frames: [{ title: "g", guard: { text: "", state: "full" }, boxes: devices }],
    roles: roles.map(box),
  });

  test("of what can be drawn without a crossing, none crosses", () => {
    const order = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(order, order, (first, second) => {
        const devices = first.map((at) => device(`d${at}`, [`r${at}`, ...(at < 6 ? [`r${at + 1}`] : [])]));
        const done = arranged(
          lane(
            devices,
            second.map((at) => `r${at}`),
          ),
        );
        expect(crossings(done)).toBe(0);
      }),
      { numRuns: 25 },
    );
  });

  test("nothing is lost, and no arrangement is worse than what it began with", () => {
    const roles = ["a", "b", "c", "d"];
    const devices = fc.array(fc.subarray(roles), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(devices, (all) => {
        const before = lane(
          all.map((own, at) => device(`d${at}`, own)),
          roles,
        );
        const after = arranged(before);
        expect(crossings(after)).toBeLessThanOrEqual(crossings(before));
        const names = (one: PeopleLane) =>
          one.frames.flatMap(({ boxes }) => boxes.map(({ label }) => label)).sort();
        expect(names(after)).toEqual(names(before));
        expect(after.roles.map(({ key }) => key).sort()).toEqual(roles);
        expect(arranged(before)).toEqual(after);
      }),
      { numRuns: 60 },
    );
  });
});

describe("every condition has a line", () => {
  test.each([...pictures.keys()])("in %s", (name) => {
    const { people } = pictureNamed(name);
    const ends = people.frames.flatMap(({ boxes }) =>
      boxes.flatMap(({ edges }) => edges.map(({ role: key, gate }) => `${key} ${gate}`)),
    );
    const gates = people.roles.flatMap(({ key, gates: own }) => own.map(({ text }) => `${key} ${text}`));
    expect(gates.filter((gate) => !ends.includes(gate))).toEqual([]);
    expect(ends.filter((end) => !gates.includes(end))).toEqual([]);
  });

  test("users of another environment have a frame of their own", () => {
    const frame = pictureNamed("team-prod").people.frames.find(({ title }) => title === "users of team-dev");
    expect(frame?.guard.state).toBe("elsewhere");
    expect(frame?.boxes.map(({ label }) => label).sort()).toEqual([
      "anna-laptop, chris-laptop",
      "ben-laptop",
    ]);
  });
});

describe("roles of functions", () => {
  test("are one row, which names them and tells the farthest of what they reach", () => {
    const rows = pictureNamed("personal").services;
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      role: "4 roles of functions",
      assumers: ["lambda.amazonaws.com", "scheduler.amazonaws.com"],
      isStack: true,
    });
    expect(rows[0]?.detail).toContain("baseline-deactivate-access-keys");
    expect(rows[0]?.reach[0]).toContain("iam:UpdateAccessKey");
  });

  test.each<[string, string, ReturnType<typeof policyOf>]>([
    ["another service", "ec2.amazonaws.com", policyOf(allow("s3:GetObject"))],
    ["an administrator", "lambda.amazonaws.com", policyOf(allow("*"))],
  ])("of %s stay alone", (_what, service, policy) => {
    const one = (name: string) =>
      role({
        name,
        policies: [policy],
        trust: trust({ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }),
      });
    const [drawn] = accessReport([
      { environment: "e", graph: accessGraph({ roles: [one("a"), one("b")] }) },
    ]).environments;
    expect(drawn && pictureOf(drawn).services.map((row) => row.role)).toEqual(["a", "b"]);
  });
});

describe("the legend", () => {
  const legend = (text: string) => text.slice(text.lastIndexOf("</rect>"));
  test("explains what is shown and nothing else", () => {
    const { text } = svgOf({ users: [user({ name: "laptop" })] });
    expect(text).toContain(">no guard<");
    for (const absent of [
      "administrator",
      "of another environment",
      "weak condition",
      "not known",
      "a part of it",
    ]) {
      expect(legend(text)).not.toContain(`>${absent}`);
    }
    const [personal] = report.environments.filter(({ name }) => name === "personal");
    const own = formatAccessSvg({ ...report, environments: personal === undefined ? [] : [personal] });
    for (const present of ["guard with MFA and networks", "administrator", "condition", "weak condition"]) {
      expect(own).toContain(`>${present}<`);
    }
    expect(own).not.toContain("of another environment");
    expect(own).not.toContain("a part of it is missing");
  });
});

describe("200 developers", () => {
  const developers = group({ name: "developers" });
  const users = Array.from({ length: 200 }, (_one, index) =>
    user({ name: `laptop-${index}`, groups: [developers], tags: { owner: `person-${index}` } }),
  );
  const trusting = (name: string, some: readonly { readonly arn: string }[]) =>
    role({
      name,
      trust: trust({
        Effect: "Allow",
        Principal: { AWS: some.map(({ arn }) => arn) },
        Action: "sts:AssumeRole",
      }),
    });

  test("of one role are one box", () => {
    const { text, height } = svgOf({ users, groups: [developers], roles: [trusting("daily", users)] });
    expect(height).toBeLessThan(700);
    expect(text).toContain(">200 devices<");
    expect(text).toContain(">200 people:<");
  });

  test("of many roles fit on a page, and each is counted once", () => {
    const roles = Array.from({ length: 14 }, (_one, index) =>
      trusting(
        `team-${index}`,
        users.filter((_user, at) => at % 14 === index || at % 5 === index),
      ),
    );
    const started = process.cpuUsage();
    const drawn = svgOf({ users, groups: [developers], roles });
    expect(process.cpuUsage(started).user).toBeLessThan(20_000_000);
    expect(drawn.height).toBeLessThan(1_700);
    const counts = [...drawn.text.matchAll(/>(\d+) devices/g)].map(([, count]) => Number(count));
    const alone = [...drawn.text.matchAll(/>laptop-\d+</g)].length;
    expect(counts.reduce((total, count) => total + count, alone)).toBe(200);
  });

  test("with rights of their own fit on a page, too", () => {
    const own = users.map((one, index) => ({
      ...one,
      policies: [policyOf(allow("s3:PutObject", `arn:aws:s3:::uploads-${ACCOUNT}/${index}/*`))],
    }));
    const { height, text } = svgOf({ users: own, groups: [developers], roles: [trusting("daily", own)] });
    expect(height).toBeLessThan(1_000);
    expect(text).toContain(">200 devices<");
  });
});
