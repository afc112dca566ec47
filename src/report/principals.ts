import { AMBIGUOUS_NAME } from "../environment/rules/unknown-name";
import { nearestName } from "../findings/nearest-name";
import type { AccessGraph, Role, User } from "../iam/graph";
import { QuestionError, UNKNOWN_PRINCIPAL, UnknownPrincipalError } from "./question-error";
import type { ReportInput } from "./report-input";
import { keyOfPrincipal, shown } from "./shown";

export interface FindOptions {
  readonly kind?: "role";
  /** Of several of one name, those of these environments. */
  readonly environments?: readonly string[];
  /** Of several of one name, the one of this principal's environment. */
  readonly near?: User | Role;
}

/** Names under which principals are found: by ARN, by name, by `environment/name`, roles also without their suffix. */
export class PrincipalNames {
  private readonly found = new Map<string, (User | Role)[]>();
  private readonly environments = new Map<User | Role, string>();

  /** @param world the graph of all inputs, whose principals are found */
  constructor(inputs: readonly ReportInput[], world: AccessGraph) {
    const owners = new Map<string, string>();
    for (const { environment, graph } of inputs) {
      for (const own of [...graph.users, ...graph.roles]) owners.set(keyOfPrincipal(own), environment);
    }
    for (const principal of [...world.users, ...world.roles]) {
      this.add(owners.get(keyOfPrincipal(principal)) ?? "", principal);
    }
  }

  /** @throws UnknownPrincipalError where there is none of that name, or several */
  find(written: string, options: FindOptions = {}): User | Role {
    const { kind, environments = [], near } = options;
    const all = (this.found.get(written) ?? []).filter((one) => kind === undefined || one.kind === kind);
    const nearby = near === undefined ? undefined : this.environments.get(near);
    const preferred = all.filter((one) => {
      const environment = this.environments.get(one) ?? "";
      return near === undefined ? environments.includes(environment) : environment === nearby;
    });
    const [only, ...others] = all.length > 1 && preferred.length > 0 ? preferred : all;
    if (only !== undefined && others.length === 0) return only;
    if (only !== undefined) {
      const choices = this.choicesOf([only, ...others]);
      throw new UnknownPrincipalError(
        `"${written}" is the name of ${choices.length} principals: give one of ${choices.join(", ")}`,
        AMBIGUOUS_NAME,
      );
    }
    if (written === "") throw new QuestionError("the name of a user or role is empty");
    const known = this.names(kind);
    const nearest = nearestName(written, known);
    const hint = nearest === undefined ? `there are ${listed(known)}` : `did you mean "${nearest}"?`;
    throw new UnknownPrincipalError(`no ${kind ?? "user or role"} "${written}"; ${hint}`, UNKNOWN_PRINCIPAL);
  }

  /** `environment/name` where that tells them apart; ARNs where one environment has them in two accounts. */
  private choicesOf(all: readonly (User | Role)[]): readonly string[] {
    const byName = all.map((one) => `${this.environments.get(one)}/${shown(one.name)}`);
    return new Set(byName).size === all.length ? byName : all.map(({ arn }) => shown(arn));
  }

  private names(kind: "role" | undefined): readonly string[] {
    return [...this.found]
      .filter(
        ([name, all]) =>
          !/^arn:|^aws_/.test(name) && all.some((one) => kind === undefined || one.kind === kind),
      )
      .map(([name]) => name);
  }

  private add(environment: string, principal: User | Role): void {
    this.environments.set(principal, environment);
    const name = shown(principal.name);
    const short = principal.kind === "role" ? [name.replace(/-(\*|[a-z0-9]{8})$/, "")] : [];
    for (const one of new Set([shown(principal.arn), principal.address, name, ...short])) {
      for (const key of one === "" ? [] : [one, `${environment}/${one}`]) {
        const present = this.found.get(key);
        if (present === undefined) this.found.set(key, [principal]);
        else present.push(principal);
      }
    }
  }
}

function listed(names: readonly string[]): string {
  const short = names.filter((name) => !name.includes("/"));
  return short.length === 0 ? "none" : `${short.slice(0, 10).join(", ")}${short.length > 10 ? ", ..." : ""}`;
}
