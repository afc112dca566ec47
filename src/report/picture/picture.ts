/** What is drawn of one environment, before it has places. */
export interface Picture {
  readonly title: string;
  readonly subtitle: string;
  readonly description: string;
  readonly people: PeopleLane;
  readonly ci: readonly CiRow[];
  readonly services: readonly ServiceRow[];
}

export interface PeopleLane {
  readonly persons: readonly Person[];
  readonly frames: readonly Frame[];
  readonly roles: readonly RoleBox[];
}

export interface Person {
  readonly key: string;
  readonly label: string;
}

/** The groups that devices share, as a frame around them, with what their guards ask for. */
export interface Frame {
  readonly title: string;
  readonly guard: Guard;
  readonly boxes: readonly DeviceBox[];
}

export interface Guard {
  readonly text: string;
  /** `elsewhere`: the devices are in another environment, which tells of their guard. */
  readonly state: "full" | "part" | "none" | "elsewhere";
}

export interface DeviceBox {
  readonly label: string;
  readonly detail: string;
  /** Devices that are meant. */
  readonly count: number;
  /** More than one device is meant. */
  readonly isStack: boolean;
  readonly isBreakGlass: boolean;
  readonly persons: readonly string[];
  readonly edges: readonly { readonly role: string; readonly gate: string; readonly isKnown: boolean }[];
}

export interface RoleBox {
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  readonly isAdmin: boolean;
  /** Of another environment. */
  readonly isForeign: boolean;
  /** Conditions, each drawn once before the role. */
  readonly gates: readonly Gate[];
  readonly reach: readonly string[];
}

export interface Gate {
  readonly text: string;
  /** Without MFA or from anywhere. */
  readonly isWeak: boolean;
}

export interface CiRow {
  readonly repositories: string;
  readonly groups: string;
  readonly users: string;
  readonly isStack: boolean;
  readonly from: Gate;
  readonly reach: readonly string[];
}

export interface ServiceRow {
  readonly assumers: readonly string[];
  readonly role: string;
  /** Below the role: which roles are folded. */
  readonly detail: string;
  readonly isAdmin: boolean;
  /** More than one role is meant. */
  readonly isStack: boolean;
  readonly reach: readonly string[];
}
