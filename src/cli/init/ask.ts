import { ANSWER_MISSING } from "../../devices/init-refusals";
import { Refusal } from "../../findings/refusal";
import type { CommandContext } from "../command";
import { publicAddress, thisMachine } from "../doctor/local-facts";
import { terminal } from "../interaction";
import type { Answers } from "./answers";

type Options = Readonly<Record<string, unknown>>;

/**
 * What a project needs: from options, from a person at a terminal, or from what is usual. Account, region and networks are
 * never guessed.
 *
 * @throws Refusal where something is missing and nobody can be asked
 */
export async function askFor(options: Options, context: CommandContext): Promise<Answers> {
  const talk = context.interaction ?? terminal;
  const said = (name: string) => {
    const value = options[name];
    return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
  };
  const list = (name: string) =>
    (options[name] as readonly string[] | undefined)?.filter((one) => one.trim() !== "");
  const ask = async (option: string, question: string, usual?: string): Promise<string> => {
    if (!talk.isTerminal) {
      if (usual !== undefined) return usual;
      throw new Refusal(
        ANSWER_MISSING,
        `init: expected --${option}, got none; write --${option} ${EXAMPLES[option] ?? "..."}, or run it in a terminal`,
      );
    }
    const answer = (await talk.ask(`${question}${usual === undefined ? "" : ` [${usual}]`}: `)).trim();
    if (answer !== "") return answer;
    if (usual !== undefined) return usual;
    throw new Refusal(ANSWER_MISSING, `init: expected an answer to "${question}", got none; run it again`);
  };
  const words = (text: string) => text.split(/[\s,]+/).filter((word) => word !== "");

  const accountId = said("account") ?? (await ask("account", "AWS account id, 12 digits"));
  const region = said("region") ?? (await ask("region", "Region"));
  const networks =
    list("network") ??
    words(
      await ask(
        "network",
        "Public networks to work from",
        talk.isTerminal ? await present(context) : undefined,
      ),
    );
  const owner =
    said("owner") ??
    (await ask(
      "owner",
      "Your name, as it tags your devices",
      context.environmentVariables["USER"] ?? context.environmentVariables["USERNAME"],
    ));
  const devices =
    list("device") ?? words(await ask("device", "Devices, the one to administer with first", "work"));
  const environment =
    said("environment") ??
    (talk.isTerminal ? await ask("environment", "Name of the environment", "personal") : "personal");
  const bucket =
    said("bucket") ??
    (talk.isTerminal ? await optional(talk.ask, "S3 bucket for the state, empty for files") : undefined);
  const timeZone = said("timeZone") ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { environment, accountId, region, networks, owner, devices, timeZone, bucket };
}

const EXAMPLES: Readonly<Record<string, string>> = {
  account: "111122223333",
  region: "eu-central-1",
  network: "203.0.113.7/32",
  owner: "alice",
};

/** The addresses that the Internet sees now; undefined where it does not say. */
async function present(context: CommandContext): Promise<string | undefined> {
  const machine = thisMachine(context);
  const [ipv4, ipv6] = await Promise.all([publicAddress(machine, 4), publicAddress(machine, 6)]);
  const found = [
    ...("known" in ipv4 ? [`${ipv4.known}/32`] : []),
    ...("known" in ipv6 ? [`${ipv6.known}/128`] : []),
  ];
  return found.length === 0 ? undefined : found.join(", ");
}

async function optional(
  ask: (question: string) => Promise<string>,
  question: string,
): Promise<string | undefined> {
  const answer = (await ask(`${question}: `)).trim();
  return answer === "" ? undefined : answer;
}
