import { Construct } from "constructs";
import { iamPaths } from "../environment/iam-paths";
import { PasswordlessUser } from "./passwordless-user";

export interface BreakGlassUserProps {
  /** IAM user name: 1-64 of `A-Za-z0-9+=,.@_-`, unique in the account without regard to case. */
  readonly userName: string;
  /** Person who holds the key; becomes the tag `owner`. */
  readonly owner: string;
  /** Names of the groups the user joins: one with the guard. */
  readonly groupNames: readonly string[];
  /** IAM path; no rule ever deactivates a key below it. @default "/baseline/break-glass/" */
  readonly path?: string;
}

/** IAM user for the day when everything else is locked. Its keys are never deactivated, and it cannot be destroyed by a plan. */
export class BreakGlassUser extends Construct {
  readonly identity: PasswordlessUser;

  constructor(scope: Construct, id: string, props: BreakGlassUserProps) {
    super(scope, id);
    this.identity = new PasswordlessUser(this, "Default", {
      userName: props.userName,
      path: props.path ?? iamPaths("baseline").breakGlass,
      groupNames: props.groupNames,
      tags: { owner: props.owner },
      preventDestroy: true,
    });
  }
}
