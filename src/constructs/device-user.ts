import { Construct } from "constructs";
import { iamPaths } from "../environment/iam-paths";
import { PasswordlessUser } from "./passwordless-user";

export interface DeviceUserProps {
  /** IAM user name: 1-64 of `A-Za-z0-9+=,.@_-`, unique in the account without regard to case. */
  readonly userName: string;
  /** Person who holds the device; becomes the tag `owner`. */
  readonly owner: string;
  /** Names of the developer groups the user joins; at most 10. */
  readonly groupNames: readonly string[];
  /** IAM path; policies address all device users by it. @default "/baseline/device/" */
  readonly path?: string;
  /** Further tags. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** IAM user for one device. It never has a password, an access key made by Terraform, or a policy of its own. */
export class DeviceUser extends Construct {
  readonly identity: PasswordlessUser;

  constructor(scope: Construct, id: string, props: DeviceUserProps) {
    super(scope, id);
    this.identity = new PasswordlessUser(this, "Default", {
      userName: props.userName,
      path: props.path ?? iamPaths("baseline").device,
      groupNames: props.groupNames,
      tags: { ...props.tags, owner: props.owner },
    });
  }
}
