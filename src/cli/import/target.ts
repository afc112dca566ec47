import { OPTION_CONFLICT, OPTION_VALUE_INVALID } from "../../catalogue/commands/option-refusals";
import type { EnvironmentInput } from "../../environment/environment";
import { Refusal } from "../../findings/refusal";
import type { CommandContext } from "../command";

/** Which account is read, and into which environment. */
export interface Target {
  /** Absent: the alias decides. */
  readonly name: string | undefined;
  /** Absent: a name was given that no environment has, and the inventory tells the account. */
  readonly accountId: string | undefined;
  readonly region: string;
}

type Options = Readonly<Record<string, unknown>>;

/**
 * Finds what an argument means: an environment of the project by its name, or an account by its id, which an environment
 * may describe already.
 *
 * @throws Refusal where it is neither, or several environments are of the account
 */
export function targetOf(
  account: string,
  inputs: readonly EnvironmentInput[],
  options: Options,
  { environmentVariables }: CommandContext,
): Target {
  const given = (name: string) => (typeof options[name] === "string" ? String(options[name]) : undefined);
  const named = inputs.find(({ name }) => name === account);
  if (named !== undefined) return { name: named.name, accountId: named.accountId, region: named.region };
  if (!/^\d{12}$/.test(account)) {
    throw new Refusal(OPTION_VALUE_INVALID, {
      where: "import",
      expected: `an account id of 12 digits${inputs.length > 0 ? `, or one of ${inputs.map(({ name }) => name).join(", ")}` : ""}`,
      got: JSON.stringify(account),
      remedy: "write the id of the account; --name NAME names its environment",
    });
  }
  const wanted = given("name");
  const own = inputs.filter(
    (input) => input.accountId === account && (wanted === undefined || input.name === wanted),
  );
  const [only] = own;
  if (own.length > 1) {
    throw new Refusal(OPTION_CONFLICT, {
      where: "import",
      expected: "one environment",
      got: `account ${account} has ${own.map(({ name }) => name).join(", ")}`,
      remedy: "name the one that takes the account's principals over",
    });
  }
  if (only !== undefined) return { name: only.name, accountId: account, region: only.region };
  const region =
    given("region") ?? environmentVariables["AWS_REGION"] ?? environmentVariables["AWS_DEFAULT_REGION"];
  return { name: wanted, accountId: account, region: region ?? "us-east-1" };
}
