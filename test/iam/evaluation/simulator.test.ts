import { evaluate } from "../../../src/iam/evaluate";
import { policyDocument, type Statement } from "../../../src/iam/policy-document";
import type { AccessRequest, Credentials } from "../../../src/iam/request";
import {
  ACCOUNT,
  accessGraph,
  group,
  OTHER_ACCOUNT,
  policyOf,
  role,
  trust,
  user,
} from "../../builders/access-graph";
import { type Outcome, type Simulated, simulate, simulateAssume } from "../../fixtures/evaluation/simulator";

/** Decisions of each kind: the same ones in every run. */
const MOST = 12_000;

/** A generator of its own (mulberry32), so that a seed means the same for ever. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ME = user({ tags: { team: "red" } });
const NOW = "2026-11-25T12:00:00Z";
const ACTIONS = [
  "iam:GetUser",
  "iam:CreateAccessKey",
  "iam:ListUsers",
  "ec2:DescribeInstances",
  "ec2:RunInstances",
];
const RESOURCES = [
  ME.arn,
  `arn:aws:iam::${ACCOUNT}:user/baseline/device/laptop-2`,
  `arn:aws:iam::${ACCOUNT}:user/red/anna`,
  `arn:aws:ec2:eu-central-1:${ACCOUNT}:instance/i-1`,
];
const ADDRESSES = ["203.0.113.7", "203.0.113.130", "198.51.100.7"];

class Generator {
  constructor(private readonly next: () => number) {}
  one<T>(all: readonly T[]): T {
    return all[Math.floor(this.next() * all.length)] as T;
  }
  chance(share: number): boolean {
    return this.next() < share;
  }
  some<T>(all: readonly T[], most: number): T[] {
    return Array.from({ length: 1 + Math.floor(this.next() * most) }, () => this.one(all));
  }

  private action = () =>
    this.one([
      ...ACTIONS,
      "*",
      "iam:*",
      "iam:Get*",
      "IAM:createaccesskey",
      "iam:*User?",
      "sts:*",
      "ec2:*",
      "s3:*",
    ]);
  private resource = () =>
    this.one([
      ...RESOURCES,
      "*",
      "*",
      `arn:aws:iam::${ACCOUNT}:user/*`,
      `arn:aws:iam::${ACCOUNT}:*`,
      "arn:aws:iam::*:user/baseline/device/${aws:username}",
      `arn:aws:iam::${ACCOUNT}:user/\${aws:PrincipalTag/team}/*`,
      `arn:aws:iam::${ACCOUNT}:user/\${aws:PrincipalTag/project}/*`,
      `arn:aws:iam::${ACCOUNT}:user/baseline/device/laptop-?`,
      "arn:aws:ec2:*",
    ]);

  condition(): Statement["Condition"] {
    const suffix = this.one(["", "", "IfExists"]);
    const kinds: (() => readonly [string, string, string[]])[] = [
      () => [this.one(["Bool"]) + suffix, "aws:MultiFactorAuthPresent", [this.one(["true", "false"])]],
      () => [
        this.one([
          "NumericLessThan",
          "NumericLessThanEquals",
          "NumericGreaterThan",
          "NumericEquals",
          "NumericNotEquals",
        ]) + suffix,
        "aws:MultiFactorAuthAge",
        [this.one(["60", "100", "3600"])],
      ],
      () => [
        this.one(["IpAddress", "NotIpAddress"]) + suffix,
        "aws:SourceIp",
        this.some(["203.0.113.0/24", "203.0.113.128/25", "198.51.100.7/32", "0.0.0.0/1"], 2),
      ],
      () => [
        this.one([
          "StringEquals",
          "StringNotEquals",
          "StringLike",
          "StringNotLike",
          "StringEqualsIgnoreCase",
          "StringNotEqualsIgnoreCase",
        ]) + suffix,
        this.one(["aws:username", "aws:PrincipalTag/team", "aws:PrincipalTag/project"]),
        this.some(["laptop", "lap*", "LAPTOP", "red", "r?d", "blue"], 2),
      ],
      () => [
        this.one(["DateLessThan", "DateGreaterThan"]) + suffix,
        "aws:CurrentTime",
        [this.one(["2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"])],
      ],
      () => [
        "Null",
        this.one(["aws:MultiFactorAuthAge", "aws:username", "aws:PrincipalTag/project"]),
        [this.one(["true", "false"])],
      ],
      () => [
        this.one(["ForAllValues:", "ForAnyValue:"]) +
          this.one(["StringEquals", "StringLike", "StringNotEquals"]),
        "aws:TagKeys",
        this.some(["owner", "team", "t*"], 2),
      ],
    ];
    const condition: Record<string, Record<string, string[]>> = {};
    for (const kind of this.some(kinds, 2)) {
      const [operator, key, values] = kind();
      condition[operator] = { ...condition[operator], [key]: values };
    }
    return condition;
  }

  statement(): Statement {
    const actions = this.some([0], 3).map(this.action);
    const resources = this.some([0], 2).map(this.resource);
    return {
      Effect: this.chance(0.75) ? "Allow" : "Deny",
      ...(this.chance(0.15) ? { NotAction: actions } : { Action: actions }),
      ...(this.chance(0.15) ? { NotResource: resources } : { Resource: resources }),
      ...(this.chance(0.5) && { Condition: this.condition() }),
    };
  }

  statements = (most: number): Statement[] => this.some([0], most).map(() => this.statement());

  trusted(names: readonly string[]): Statement {
    return {
      Effect: this.chance(0.85) ? "Allow" : "Deny",
      Principal: { AWS: this.some(names, 2) },
      Action: this.one(["sts:AssumeRole", "sts:*", "sts:TagSession"]),
      ...(this.chance(0.4) && { Condition: this.condition() }),
    };
  }

  /** A signature, and the keys that it brings along. */
  caller(): { readonly credentials: Credentials; readonly context: Simulated["context"] } {
    return this.one([
      { credentials: { kind: "long-term-key" }, context: {} },
      { credentials: { kind: "session-token" }, context: { "aws:multifactorauthpresent": ["false"] } },
      ...[50, 100, 5000].map((age) => ({
        credentials: { kind: "session-token" as const, mfaAgeSeconds: age },
        context: { "aws:multifactorauthpresent": ["true"], "aws:multifactorauthage": [String(age)] },
      })),
    ]);
  }
}

interface Difference {
  readonly seed: number;
  readonly ours: string;
  readonly simulated: Outcome;
  readonly asked: unknown;
}

function decide(seed: number, isAssume: boolean): Difference & { readonly isSame: boolean } {
  const generator = new Generator(random(seed));
  const own = generator.statements(3);
  const inGroup = generator.chance(0.5) ? generator.statements(2) : [];
  const boundary = generator.chance(0.4) ? generator.statements(3) : undefined;
  const { credentials, context: signed } = generator.caller();
  const sourceIp = generator.one(ADDRESSES);
  const tagKeys = generator.one([undefined, ["owner"], ["owner", "team"], ["team"]]);
  const isForeign = isAssume && generator.chance(0.3);
  const accountId = isForeign ? OTHER_ACCOUNT : ACCOUNT;
  const names = [
    ME.arn,
    `arn:aws:iam::${ACCOUNT}:root`,
    ACCOUNT,
    `${ME.arn}-2`,
    `arn:aws:iam::${OTHER_ACCOUNT}:root`,
  ];
  const trusted = isAssume ? generator.some([0], 3).map(() => generator.trusted(names)) : [];
  const target = role({ accountId, trust: trust(...trusted) });
  // whatever is said of IAM users has to speak of the role too
  const assuming: Statement[] =
    isAssume && generator.chance(0.7) ? [{ Effect: "Allow", Action: "sts:Assume*", Resource: "*" }] : [];
  const identity = [...own, ...inGroup, ...assuming];
  const request: AccessRequest = {
    principal: ME.arn,
    credentials,
    network: { sourceIp },
    action: isAssume ? "sts:AssumeRole" : generator.one(ACTIONS),
    resource: isAssume ? target.arn : generator.one(RESOURCES),
    context: { "aws:CurrentTime": NOW, ...(tagKeys && { "aws:TagKeys": tagKeys }) },
    ...(tagKeys === undefined && { absentContext: ["aws:TagKeys"] }),
  };
  const members = group({ policies: inGroup.length === 0 ? [] : [policyOf(...inGroup)] });
  const graph = accessGraph({
    groups: [members],
    users: [
      {
        ...ME,
        groups: [members],
        policies: [policyOf(...own, ...assuming)],
        ...(boundary && { permissionsBoundary: policyOf(...boundary) }),
      },
    ],
    roles: [target],
  });
  const asked: Simulated = {
    action: request.action,
    resource: request.resource,
    context: {
      ...signed,
      "aws:sourceip": [sourceIp],
      "aws:username": [ME.name],
      "aws:principaltag/team": ["red"],
      "aws:currenttime": [NOW],
      ...(tagKeys && { "aws:tagkeys": tagKeys }),
    },
    identity,
    isSession: credentials.kind === "session-token",
    ...(boundary && { boundary }),
  };
  const simulated = isAssume
    ? simulateAssume(asked, {
        caller: ME.arn,
        callerAccount: ACCOUNT,
        trust: policyDocument(...trusted).Statement,
        roleAccount: accountId,
      })
    : simulate(asked);
  const { effect, because } = evaluate(request, graph);
  const isSame = effect === simulated;
  return {
    seed,
    ours: `${effect}: ${because}`,
    simulated,
    asked: { request, own, inGroup, boundary, trusted },
    isSame,
  };
}

describe("the evaluator and a second opinion, by fixed seeds", () => {
  test.each([
    ["identity policies, groups, conditions, variables and boundaries", false, 0],
    ["trust policies, in one account and across two", true, 1_000_000],
  ])("agree: %s", (_what, isAssume, from) => {
    const counts: Record<string, number> = {};
    const different: Difference[] = [];
    for (let seed = from; seed < from + MOST; seed++) {
      const { isSame, ...decided } = decide(seed, isAssume);
      counts[decided.simulated] = (counts[decided.simulated] ?? 0) + 1;
      if (!isSame) different.push(decided);
    }
    expect(different.slice(0, 2)).toEqual([]);
    // each answer is given often: a generator that only denies proves nothing
    for (const outcome of ["Allowed", "ExplicitlyDenied", "ImplicitlyDenied"])
      expect(counts[outcome]).toBeGreaterThan(MOST / 20);
  });
});
