import { readFileSync } from "node:fs";
import { join } from "node:path";

type Values = Readonly<Record<string, unknown>>;

interface Entry {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Values | null;
    readonly after: Values | null;
  };
}

export interface Plan {
  readonly resource_changes: readonly Entry[];
  readonly resource_drift?: readonly Entry[];
}

/** What somebody did to one resource behind Terraform's back, as the AWS provider shows it in the next plan. */
export type OutOfBand = (plan: Plan) => Plan;

const FIXTURES = join(__dirname, "../fixtures/terraform/real");

/** A recorded plan: the first file whose name begins so. */
export function recordedPlan(file: string): Plan {
  return JSON.parse(readFileSync(join(FIXTURES, file), "utf8")) as Plan;
}

/** The plan as it would be right after its own apply: every resource is there, and nothing is to be done. */
export function settled(plan: Plan): Plan {
  return {
    ...plan,
    resource_changes: plan.resource_changes.flatMap((entry) => {
      const { before } = entry.change;
      return before === null
        ? []
        : [{ ...entry, change: { ...entry.change, actions: ["no-op"], before, after: before } }];
    }),
  };
}

export function drifted(plan: Plan, ...changes: readonly OutOfBand[]): Plan {
  return changes.reduce((changed, change) => change(changed), plan);
}

/**
 * Attributes have other values now.
 *
 * @param start of the address: enough of it to mean one resource
 * @param pending what the next apply writes back
 * @param computed what follows, or what the configuration never sets: the apply leaves it
 */
export function set(start: string, pending: Values, computed: Values = {}): OutOfBand {
  return (plan) => {
    const entry = one(plan, start);
    const recorded = entry.change.before ?? {};
    const found = { ...recorded, ...pending, ...computed };
    const hasPending = Object.keys(pending).length > 0;
    const wanted = { ...recorded, ...computed };
    return {
      ...plan,
      resource_drift: withDrift(plan, entry, found),
      resource_changes: replaced(plan, entry, {
        actions: hasPending ? ["update"] : ["no-op"],
        before: found,
        after: hasPending ? wanted : found,
      }),
    };
  };
}

/** The resource is gone; the next apply makes it again. */
export function removed(start: string): OutOfBand {
  return (plan) => {
    const entry = one(plan, start);
    return {
      ...plan,
      resource_drift: withDrift(plan, entry, null),
      resource_changes: replaced(plan, entry, {
        actions: ["create"],
        before: null,
        after: entry.change.before,
      }),
    };
  };
}

/** An attribute that only a new resource can have: the next apply makes it again. */
export function setForNew(start: string, values: Values): OutOfBand {
  return (plan) => {
    const entry = one(plan, start);
    const found = { ...entry.change.before, ...values };
    return {
      ...plan,
      resource_drift: withDrift(plan, entry, found),
      resource_changes: replaced(plan, entry, {
        actions: ["delete", "create"],
        before: found,
        after: entry.change.before,
      }),
    };
  };
}

/** Another apply of the same configuration: everything is as declared, and the state is as old as its last refresh. */
export function repaired(plan: Plan, before: Plan): Plan {
  const stale = (plan.resource_changes ?? []).filter(({ change }) => change.actions[0] === "no-op");
  const found = new Map(stale.map((entry) => [entry.address, entry.change.before]));
  return {
    ...before,
    resource_drift: (before.resource_drift ?? []).map((entry) => ({
      ...entry,
      change: { ...entry.change, before: found.get(entry.address) ?? entry.change.before },
    })),
  };
}

/** The one resource whose address begins so. @throws Error where it is none or several */
export function one(plan: Plan, start: string): Entry {
  const found = plan.resource_changes.filter(({ address }) => address.startsWith(start));
  const [entry] = found;
  if (entry === undefined || found.length > 1) {
    throw new Error(`${start}: expected one resource, got ${found.length}`);
  }
  return entry;
}

function replaced(plan: Plan, entry: Entry, change: Entry["change"]): readonly Entry[] {
  return plan.resource_changes.map((other) =>
    other === entry ? { ...entry, change: { ...entry.change, ...change } } : other,
  );
}

/** A resource that the plan shows as drifted already keeps what the state holds of it. */
function withDrift(plan: Plan, entry: Entry, after: Values | null): readonly Entry[] {
  const present = plan.resource_drift ?? [];
  const own = present.find(({ address }) => address === entry.address);
  const drift = {
    ...entry,
    change: {
      ...entry.change,
      actions: [after === null ? "delete" : "update"],
      before: own?.change.before ?? entry.change.before,
      after,
    },
  };
  return [...present.filter((other) => other !== own), drift];
}
