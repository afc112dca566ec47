import type { CommandEntry, CommandModule } from "./command";

/** A module of `commands/`. It is loaded when its command is used: each brings packages that the others do not need. */
type Load = () => { readonly command: CommandModule };

const entry = (name: string, summary: string, load: Load): CommandEntry => ({
  name,
  summary,
  load: async () => load().command,
});

/** Every command, in the order of the help text. To add one, write its module in `commands/` and a line here. */
export const commands: readonly CommandEntry[] = [
  entry("init", "write a project of your own that synthesizes", () => require("./commands/init")),
  entry("overview", "the first look: what to do next, people, CI, roles, the way back", () =>
    require("./commands/overview"),
  ),
  entry("access", "who can do what, under which conditions", () => require("./commands/access")),
  entry("drift", "what changed outside of Terraform, and what nobody declares", () =>
    require("./commands/drift"),
  ),
  entry("audit", "what a credential report shows that should not be", () => require("./commands/audit")),
  entry("keys", "access keys: list, deactivate by rule, reactivate one", () => require("./commands/keys")),
  entry("respond", "end a leaked key and its sessions now, or lift that", () =>
    require("./commands/respond"),
  ),
  entry("drill", "a fire drill: whether a leaked key ends in a minute", () => require("./commands/drill")),
  entry("device", "a device: its profiles, its first key, rotation and end", () =>
    require("./commands/device"),
  ),
  entry("repository", "a repository's key: made or rotated, and set as secrets", () =>
    require("./commands/repository"),
  ),
  entry("doctor", "whether this machine and this account are ready", () => require("./commands/doctor")),
  entry("import", "an account that is there already, as an environment", () => require("./commands/import")),
  entry("export", "the stacks as plain Terraform, without CDKTF", () => require("./commands/export")),
  entry("review", "what a pull request or a plan changes, in terms of access", () =>
    require("./commands/review"),
  ),
  entry("apply-reviewed", "apply a saved plan, if it is the one that was reviewed", () =>
    require("./commands/apply-reviewed"),
  ),
  entry("explain", "what a rule or an error means, and what to do", () => require("./commands/explain")),
];
