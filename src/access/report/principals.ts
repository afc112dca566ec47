import { nearestName } from "../../environment/nearest-name";
import type { Role, User } from "../graph";
import type { ReportInput } from "./build-report";
import { shown } from "./shown";

/** What a question is about that nobody finds in the graph, or finds twice. The message tells what there is. */
export class UnknownPrincipalError extends Error {
  override readonly name = "UnknownPrincipalError";
}

/** Names under which principals are found: by ARN, by name, by `environment/name`, roles also without their suffix. */
export class PrincipalNames {
  private readonly found = new Map<string, (User | Role)[]>();

  /** @param principalsOf principals of each environment, as the judged graph has them */
  constructor(
    inputs: readonly ReportInput[],
    private readonly judged: (own: User | Role) => User | Role,
  ) {
    for (const { environment, graph } of inputs) {
      for (const own of [...graph.users, ...graph.roles]) this.add(environment, own);
    }
  }

  /** @throws UnknownPrincipalError where there is none of that name, or several */
  find(written: string, kind?: "role"): User | Role {
    const all = (this.found.get(written) ?? []).filter((one) => kind === undefined || one.kind === kind);
    const [only, ...others] = all;
    if (only !== undefined && others.length === 0) return only;
    if (only !== undefined) {
      const choices = all.map(({ arn }) => shown(arn)).join(", ");
      throw new UnknownPrincipalError(
        `"${written}" is the name of ${all.length} principals: give one of ${choices}`,
      );
    }
    const nearest = nearestName(written, this.names(kind));
    const hint =
      nearest === undefined ? `there are ${listed(this.names(kind))}` : `did you mean "${nearest}"?`;
    throw new UnknownPrincipalError(`no ${kind ?? "user or role"} "${written}"; ${hint}`);
  }

  private names(kind: "role" | undefined): readonly string[] {
    return [...this.found]
      .filter(
        ([name, all]) =>
          !name.startsWith("arn:") && all.some((one) => kind === undefined || one.kind === kind),
      )
      .map(([name]) => name);
  }

  private add(environment: string, own: User | Role): void {
    const principal = this.judged(own);
    const name = shown(own.name);
    const short = own.kind === "role" ? [name.replace(/-(\*|[a-z0-9]{1,16})$/, "")] : [];
    for (const one of new Set([shown(own.arn), own.address, name, ...short])) {
      for (const key of one === "" ? [] : [one, `${environment}/${one}`]) {
        const present = this.found.get(key);
        if (present === undefined) this.found.set(key, [principal]);
        else if (!present.includes(principal)) present.push(principal);
      }
    }
  }
}

function listed(names: readonly string[]): string {
  const short = names.filter((name) => !name.includes("/") && !name.startsWith("aws_"));
  return short.length === 0 ? "none" : `${short.slice(0, 10).join(", ")}${short.length > 10 ? ", ..." : ""}`;
}
