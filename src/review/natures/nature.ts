/**
 * What an attribute is, whatever its type: by it a change is judged where no rule knows the type, and weighed where none
 * judges it.
 */
export const NATURES = [
  /** A policy document as JSON. */
  "policy",
  /** A role, by name or ARN, or an instance profile, that something runs or acts with. */
  "role",
  /** Accounts, organizations, users or principals that are let in, and lists of those that something is shared with. */
  "principal",
  /** A switch that opens something to everybody. */
  "public",
  /** A switch or a mode that protects: encryption, deletion protection, MFA, versions, checks. */
  "protection",
  /** A switch that takes protection away: `skip_`, `disable_`, `allow_`, `force_`. */
  "exposure",
  /** Networks, security groups, ports. */
  "network",
  /** The key that something is encrypted with. */
  "encryption",
  /** What runs: code, images, commands, templates. */
  "code",
  /** Where data, messages and requests go to or come from. */
  "endpoint",
  /** Who is let in how: authorization types, identity providers, token checks. */
  "authentication",
  /** How long something is kept: lower is less. */
  "retention",
  /** On or off, as a text or a switch. */
  "state",
  /** A value that nobody must see. */
  "secret",
  /** Says nothing about access, protection, code or data: the list that has to be argued for. */
  "ordinary",
  /** On no list. */
  "unknown",
] as const;

export type Nature = (typeof NATURES)[number];

/** How the schema writes a value. */
export type ValueKind = "text" | "number" | "switch" | "list" | "map";
