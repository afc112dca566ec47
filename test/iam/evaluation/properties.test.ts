import fc from "fast-check";
import { evaluate } from "../../../src/iam/evaluate";
import { type AccessGraph, UNKNOWN_PART } from "../../../src/iam/graph";
import { policyDocument, type Statement } from "../../../src/iam/policy-document";
import type { AccessRequest, Credentials } from "../../../src/iam/request";
import {
  ACCOUNT,
  accessGraph,
  attached,
  group,
  policyOf,
  role,
  trust,
  user,
} from "../../builders/access-graph";

const ACTIONS = [
  "s3:GetObject",
  "s3:PutObject",
  "iam:GetUser",
  "iam:CreateAccessKey",
  "sts:AssumeRole",
  "sts:GetSessionToken",
];
const ADDRESSES = ["203.0.113.7", "198.51.100.7", "2001:db8:1::7"];
const subjectArn = user().arn;
const roleArn = `arn:aws:iam::${ACCOUNT}:role/baseline/daily`;
const RESOURCES = ["*", subjectArn, "arn:aws:s3:::data/laptop/x", roleArn];

const action = fc.oneof(
  fc.constantFrom(...ACTIONS),
  fc.constantFrom("*", "s3:*", "iam:*", "iam:Get*", "sts:Assume*", "*:?etObject", "S3:putobject"),
);
const resource = fc.constantFrom(
  ...RESOURCES,
  "arn:aws:s3:::*",
  "arn:aws:s3:::data/${aws:username}/*",
  "arn:aws:s3:::data/${aws:PrincipalTag/Team}/*",
  `arn:aws:iam::${ACCOUNT}:*`,
);
const some = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 3 });
const condition = fc.constantFrom<NonNullable<Statement["Condition"]>>(
  {},
  { Bool: { "aws:MultiFactorAuthPresent": "true" } },
  { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
  { NotIpAddressIfExists: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8:1::/48"] } },
  { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
  { StringEquals: { "aws:username": "laptop" } },
  { StringLike: { "s3:prefix": "home/*" } },
  { Null: { "aws:TokenIssueTime": "true" } },
  { NumericLessThan: { "aws:MultiFactorAuthAge": "100" }, Bool: { "aws:ViaAWSService": "false" } },
);
const element = fc.record({
  actions: some(action),
  notAction: fc.boolean(),
  resources: some(resource),
  notResource: fc.boolean(),
  Condition: condition,
});
const statement = (Effect: Statement["Effect"]): fc.Arbitrary<Statement> =>
  element.map(({ actions, notAction, resources, notResource, Condition }) => ({
    Effect,
    [notAction ? "NotAction" : "Action"]: actions,
    [notResource ? "NotResource" : "Resource"]: resources,
    Condition,
  }));
const anyStatement = fc.oneof(statement("Allow"), statement("Deny"));
const trustStatement: fc.Arbitrary<Statement> = fc.record({
  Effect: fc.constantFrom("Allow" as const, "Allow" as const, "Deny" as const),
  Principal: fc.constantFrom(
    { AWS: subjectArn },
    { AWS: ACCOUNT },
    { AWS: `${subjectArn}-2` },
    { Service: "ec2.amazonaws.com" },
  ),
  Action: fc.constantFrom("sts:AssumeRole", "sts:*", "sts:TagSession"),
  Condition: condition,
});
const credentials: fc.Arbitrary<Credentials> = fc.constantFrom(
  { kind: "long-term-key" },
  { kind: "long-term-key", mfaCode: true },
  { kind: "session-token" },
  { kind: "session-token", mfaAgeSeconds: 50 },
  { kind: "console-password", mfaAgeSeconds: 500 },
);
const request: fc.Arbitrary<AccessRequest> = fc.record({
  principal: fc.constant(subjectArn),
  credentials,
  network: fc.oneof(
    fc.constantFrom(...ADDRESSES).map((sourceIp) => ({ sourceIp })),
    fc.constant("none" as const),
    fc.constant({ vpc: "vpc-1" }),
  ),
  action: fc.constantFrom(...ACTIONS),
  resource: fc.constantFrom(...RESOURCES),
  viaAwsService: fc.boolean(),
  context: fc.constantFrom({}, { "s3:prefix": "home/x" }, { "s3:prefix": "work/x" }),
});

interface World {
  readonly own: readonly Statement[];
  readonly inGroup: readonly Statement[];
  readonly trusted: readonly Statement[];
  readonly boundary: readonly Statement[] | null;
}
const world: fc.Arbitrary<World> = fc.record({
  own: fc.array(anyStatement, { maxLength: 3 }),
  inGroup: fc.array(anyStatement, { maxLength: 2 }),
  trusted: fc.array(trustStatement, { maxLength: 2 }),
  boundary: fc.option(some(anyStatement)),
});

function graphOf({ own, inGroup, trusted, boundary }: World, split = false): AccessGraph {
  const documents = split ? own.map((only) => policyOf(only)) : [attached(policyDocument(...own))];
  const members = group({ policies: [policyOf(...inGroup)] });
  const subject = user({
    groups: [members],
    policies: documents,
    ...(boundary === null ? {} : { permissionsBoundary: policyOf(...boundary) }),
  });
  return accessGraph({ users: [subject], groups: [members], roles: [role({ trust: trust(...trusted) })] });
}

const effectOf = (asked: AccessRequest, given: World, split = false) =>
  evaluate(asked, graphOf(given, split)).effect;
const runs = { numRuns: 300 };

test("a Deny that applies always wins", () => {
  const everything: Statement = { Effect: "Deny", Action: "*", Resource: "*" };
  fc.assert(
    fc.property(request, world, fc.constantFrom("own", "inGroup", "boundary"), (asked, given, where) => {
      const denied = { ...given, [where]: [...(given[where as keyof World] ?? []), everything] };
      expect(effectOf(asked, denied)).toBe("ExplicitlyDenied");
    }),
    runs,
  );
});

test("adding an Allow never takes access away", () => {
  fc.assert(
    fc.property(request, world, statement("Allow"), (asked, given, added) => {
      const before = effectOf(asked, given);
      const after = effectOf(asked, { ...given, own: [...given.own, added] });
      if (before === "Allowed") expect(after).toBe("Allowed");
      if (before === "ExplicitlyDenied") expect(after).toBe("ExplicitlyDenied");
      if (before === "Unknown") expect(after).toMatch(/Unknown|Allowed/);
    }),
    runs,
  );
});

test("adding a Deny never gives access", () => {
  fc.assert(
    fc.property(request, world, statement("Deny"), (asked, given, added) => {
      const before = effectOf(asked, given);
      const after = effectOf(asked, { ...given, inGroup: [...given.inGroup, added] });
      if (before !== "Allowed") expect(after).not.toBe("Allowed");
      if (before === "ImplicitlyDenied") expect(after).toMatch(/Denied$/);
    }),
    runs,
  );
});

test("the order of statements, and the policies they are in, decide nothing", () => {
  fc.assert(
    fc.property(request, world, (asked, given) => {
      const reversed = { ...given, own: [...given.own].reverse(), trusted: [...given.trusted].reverse() };
      const moved = { ...given, own: [...given.inGroup, ...given.own], inGroup: [] };
      const expected = effectOf(asked, given);
      expect(effectOf(asked, reversed)).toBe(expected);
      expect(effectOf(asked, given, true)).toBe(expected);
      expect(effectOf(asked, moved)).toBe(expected);
    }),
    runs,
  );
});

test("a statement says the same as one statement for each of its actions and resources", () => {
  const splitUp = (whole: Statement): Statement[] => {
    if (whole.Action === undefined || whole.Resource === undefined) return [whole];
    const resources = [whole.Resource].flat();
    return [whole.Action]
      .flat()
      .flatMap((Action) => resources.map((Resource) => ({ ...whole, Action, Resource })));
  };
  fc.assert(
    fc.property(request, world, (asked, given) => {
      const pieces = { ...given, own: given.own.flatMap(splitUp), inGroup: given.inGroup.flatMap(splitUp) };
      expect(effectOf(asked, pieces)).toBe(effectOf(asked, given));
    }),
    runs,
  );
});

test("a statement twice says what it says once", () => {
  fc.assert(
    fc.property(request, world, (asked, given) => {
      const twice = {
        ...given,
        own: [...given.own, ...given.own],
        trusted: [...given.trusted, ...given.trusted],
      };
      expect(effectOf(asked, twice)).toBe(effectOf(asked, given));
    }),
    runs,
  );
});

/** Replaces unknown parts, in one document each by the same text. */
function known<T>(value: T, name: string): T {
  return JSON.parse(JSON.stringify(value).replaceAll(UNKNOWN_PART, name)) as T;
}

test("an answer given before names are known stays right, whatever they turn out to be", () => {
  const unknownResource = fc.constantFrom(
    `arn:aws:s3:::data/${UNKNOWN_PART}/x`,
    `arn:aws:s3:::${UNKNOWN_PART}/*`,
    `arn:aws:iam::${ACCOUNT}:user/baseline/device/${UNKNOWN_PART}`,
    `arn:aws:iam::${ACCOUNT}:role/baseline/${UNKNOWN_PART}`,
  );
  const partly = fc.tuple(anyStatement, unknownResource).map(
    ([whole, open]): Statement => ({
      ...whole,
      ...(whole.Resource === undefined
        ? { NotResource: open }
        : { Resource: [open, ...[whole.Resource].flat()] }),
    }),
  );
  const partlyTrusted = trustStatement.map(
    (whole): Statement => ({
      ...whole,
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/baseline/device/${UNKNOWN_PART}` },
    }),
  );
  const open = fc.record({
    own: fc.array(fc.oneof(anyStatement, partly), { maxLength: 3 }),
    inGroup: fc.array(partly, { maxLength: 2 }),
    trusted: fc.array(fc.oneof(trustStatement, partlyTrusted), { maxLength: 2 }),
    boundary: fc.option(some(partly)),
  });
  const name = fc.constantFrom("laptop", "daily", "data", "x");
  fc.assert(
    fc.property(request, open, name, (asked, given, chosen) => {
      const before = effectOf(asked, given);
      const after = effectOf(asked, known(given, chosen));
      if (before === "Allowed" || before === "ExplicitlyDenied") expect(after).toBe(before);
      // What nothing allows stays denied; whether a Deny says so too may only show later.
      if (before === "ImplicitlyDenied") expect(after).toMatch(/Denied$/);
    }),
    runs,
  );
});
