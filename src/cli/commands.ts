import type { CommandEntry } from "./command";

/** Every command, in the order of the help text. To add one, write its module in `commands/` and a line here. */
export const commands: readonly CommandEntry[] = [
  {
    name: "init",
    summary: "write a project of your own that synthesizes",
    load: async () => (require("./commands/init") as typeof import("./commands/init")).init,
  },
  {
    name: "overview",
    summary: "the first look: what to do next, people, CI, roles, the way back",
    load: async () => (require("./commands/overview") as typeof import("./commands/overview")).overview,
  },
  {
    name: "access",
    summary: "who can do what, under which conditions",
    load: async () => (require("./commands/access") as typeof import("./commands/access")).access,
  },
  {
    name: "drift",
    summary: "what changed outside of Terraform, and what nobody declares",
    load: async () => (require("./commands/drift") as typeof import("./commands/drift")).drift,
  },
  {
    name: "audit",
    summary: "what a credential report shows that should not be",
    load: async () => (require("./commands/audit") as typeof import("./commands/audit")).audit,
  },
  {
    name: "keys",
    summary: "access keys: list, deactivate by rule, reactivate one",
    load: async () => (require("./commands/keys") as typeof import("./commands/keys")).keys,
  },
  {
    name: "device",
    summary: "a device: its profiles, its first key, rotation and end",
    load: async () => (require("./commands/device") as typeof import("./commands/device")).device,
  },
  {
    name: "repository",
    summary: "a repository's key: made or rotated, and set as secrets",
    load: async () => (require("./commands/repository") as typeof import("./commands/repository")).repository,
  },
  {
    name: "doctor",
    summary: "whether this machine and this account are ready",
    load: async () => (require("./commands/doctor") as typeof import("./commands/doctor")).doctor,
  },
  {
    name: "review",
    summary: "what a pull request or a plan changes, in terms of access",
    load: async () => (require("./commands/review") as typeof import("./commands/review")).review,
  },
  {
    name: "apply-reviewed",
    summary: "apply a saved plan, if it is the one that was reviewed",
    load: async () =>
      (require("./commands/apply-reviewed") as typeof import("./commands/apply-reviewed")).applyReviewed,
  },
  {
    name: "explain",
    summary: "what a rule or an error means, and what to do",
    load: async () => (require("./commands/explain") as typeof import("./commands/explain")).explain,
  },
];
