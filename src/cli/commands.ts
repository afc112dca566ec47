import type { CommandEntry } from "./command";

/** Every command, in the order of the help text. To add one, write its module in `commands/` and a line here. */
export const commands: readonly CommandEntry[] = [
  {
    name: "access",
    summary: "who can do what, under which conditions",
    load: async () => (require("./commands/access") as typeof import("./commands/access")).access,
  },
];
