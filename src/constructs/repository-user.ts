import { Construct } from "constructs";
import { repositoryUserName } from "../environment/iam-names";
import { iamPaths } from "../environment/iam-paths";
import { PasswordlessUser } from "./passwordless-user";

export interface RepositoryUserProps {
  /** `owner/name`; the user is called `owner.name`. */
  readonly repository: string;
  /** Names of the CI groups the user joins; at most 10. */
  readonly groupNames: readonly string[];
  /** Who answers for the repository; becomes the tag `owner`. @default the repository's owner */
  readonly owner?: string | undefined;
  /** IAM path; policies address all repository users by it. @default "/baseline/ci/" */
  readonly path?: string;
}

/** IAM user for the CI of one repository that has no OIDC. It never has a password or a policy of its own. */
export class RepositoryUser extends Construct {
  readonly identity: PasswordlessUser;

  constructor(scope: Construct, id: string, props: RepositoryUserProps) {
    super(scope, id);
    const [repositoryOwner = ""] = props.repository.split("/");
    this.identity = new PasswordlessUser(this, "Default", {
      userName: repositoryUserName(props.repository),
      path: props.path ?? iamPaths("baseline").ci,
      groupNames: props.groupNames,
      tags: { owner: props.owner ?? repositoryOwner, repository: props.repository },
    });
  }
}
