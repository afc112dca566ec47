import type { DriftWording } from "./drift-finding";

/** A word of a shell command: names of others cannot become commands. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_+=,.@/:-]+$/.test(text) && !text.startsWith("-")
    ? text
    : `'${text.replaceAll("'", "'\\''")}'`;
}

export type CommandOption = readonly [name: string, value: string];

/** `` `aws iam delete-user --user-name work` ``. A value such as `<id>` is for the reader to fill in. */
export function awsCommand(call: string, ...options: readonly CommandOption[]): string {
  return serviceCommand("iam", call, ...options);
}

/** The same for another service. */
export function serviceCommand(service: string, call: string, ...options: readonly CommandOption[]): string {
  const words = options.map(
    ([name, value]) => ` --${name} ${/^<[\w ]+>$/.test(value) ? value : shellWord(value)}`,
  );
  return `\`aws ${service} ${call}${words.join("")}\``;
}

export function runAws(call: string, ...options: readonly CommandOption[]): string {
  return `Run ${awsCommand(call, ...options)}`;
}

/** The deployment of one stack. */
export function deployCommand(stack: string): string {
  return `\`npx cdktf deploy ${shellWord(stack)}\``;
}

/** The deployment of the stack that declares what an address is about: `user/work/policy/x` is about the user. */
export function deployCommandFor(address: string, { stackOf, environment }: DriftWording): string {
  const [kind = "", name = ""] = address.split("/");
  return deployCommand(stackOf(`${kind}/${name}`) ?? stackOf(address) ?? `${environment}-identity`);
}

/** For what a deployment puts back; `keep` says what to do where the change is meant. */
export function deployRemedy(address: string, wording: DriftWording, keep = ""): string {
  return `Run ${deployCommandFor(address, wording)}, which undoes it${keep === "" ? "" : `; ${keep}`}.`;
}

/** For what a plan did not show: the deployment may put it back, or a later look tells. */
export function lookAgainRemedy(address: string, wording: DriftWording, keep: string): string {
  return `Run ${deployCommandFor(address, wording)} and look again; ${keep}.`;
}
