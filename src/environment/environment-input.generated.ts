// Generated from the environment schema by `npm run docs`; do not edit.

/** A statement in IAM's own words. */
export interface StatementDeclaration {
  /** Statement id: letters and digits. */
  readonly Sid?: string | undefined;
  /** Whether the statement allows or denies. */
  readonly Effect: "Allow" | "Deny";
  /** Actions, `service:Action`; exactly one of Action and NotAction. */
  readonly Action?: string | readonly (string)[] | undefined;
  /** All actions but these. */
  readonly NotAction?: string | readonly (string)[] | undefined;
  /** Resource ARNs or `*`; exactly one of Resource and NotResource. */
  readonly Resource?: string | readonly (string)[] | undefined;
  /** All resources but these. */
  readonly NotResource?: string | readonly (string)[] | undefined;
  /** Operator, condition key, values. Values are strings. */
  readonly Condition?: { readonly [name: string]: { readonly [name: string]: string | readonly (string)[] } } | undefined;
}

/** A statement in IAM's own words. */
export interface PolicyDocumentDeclaration {
  /**
   * Version of the policy language.
   * @default "2012-10-17"
   */
  readonly Version?: "2012-10-17" | "2008-10-17" | undefined;
  /** Id of the document. */
  readonly Id?: string | undefined;
  /** Its statements. */
  readonly Statement: readonly (StatementDeclaration)[];
}

/** One environment, as a person writes it: one AWS account, or one namespace of it. */
export interface EnvironmentDeclaration {
  /** Name of the environment, 2-32 of a-z0-9-; stacks are called `<name>-<stack>` and the file `<name>.ts`. */
  readonly name: string;
  /** AWS account id: 12 digits, as a string, not all of them 0. */
  readonly accountId: string;
  /** Region of the provider and of what is not global, such as `eu-central-1`. */
  readonly region: string;
  /**
   * Root of all IAM paths, `/<namespace>/`: 1-31 of a-z0-9-, and none that IAM keeps for itself (aws-reserved, aws-service-role). Environments that share an account need different ones.
   * @default "baseline"
   */
  readonly namespace?: string | undefined;
  /** Where Terraform keeps the state: `local()` or `s3({ ... })`. */
  readonly backend: {
    readonly type: "local";
    /**
     * Folder of the state files, a path within the project. They hold names and networks: never commit them.
     * @default "state"
     */
    readonly directory?: string | undefined;
  } | {
    readonly type: "s3";
    /** Bucket name, 3-63 of a-z0-9.- */
    readonly bucket: string;
    /** Region of the bucket. */
    readonly region: string;
    /**
     * Put before the key of each stack, `<environment>/<stack>.tfstate`.
     * @default ""
     */
    readonly keyPrefix?: string | undefined;
    /** KMS key that encrypts the state. Without it S3's own key (SSE-S3) does. */
    readonly kmsKeyArn?: string | undefined;
    /**
     * Synthesize a `<environment>-state-backend` stack that creates the bucket (docs/bootstrap.md).
     * @default false
     */
    readonly createBucket?: boolean | undefined;
  };
  /** Public networks people work from, IPv4 and IPv6 with prefix length. At least one. */
  readonly allowedNetworks: readonly (string)[];
  /**
   * VPCs whose endpoints people work through, `vpc-...`.
   * @default []
   */
  readonly allowedVpcs?: readonly (string)[] | undefined;
  /**
   * Tags on everything, besides `environment` and `managed-by`.
   * @default {}
   */
  readonly tags?: { readonly [name: string]: string } | undefined;
  /** Groups of device users, by IAM group name. Default: one group `developers` with the full guard, where there are devices. */
  readonly developerGroups?: { readonly [name: string]: {
    /**
     * Parts of the guard policy. A part that is switched off is listed in every report.
     * @default {"mfa":true,"networks":true}
     */
    readonly guard?: {
      /**
       * Deny everything but enrolling MFA and starting an MFA session to callers without MFA.
       * @default true
       */
      readonly mfa?: boolean | undefined;
      /**
       * Deny everything from outside allowedNetworks and allowedVpcs.
       * @default true
       */
      readonly networks?: boolean | undefined;
    } | undefined;
    /**
     * Whether a member with a living MFA session may set its own access key to Active again after the nightly run.
     * @default true
     */
    readonly allowSelfReactivation?: boolean | undefined;
  } } | undefined;
  /** Devices, by IAM user name. */
  readonly devices?: { readonly [name: string]: {
    /** Person who holds the device; becomes the tag `owner`. */
    readonly owner: string;
    /** Developer groups the user joins, at most 10. Default: the only developer group, where there is exactly one. */
    readonly groups?: readonly (string)[] | undefined;
    /**
     * Roles the device may assume: a role of this environment by name, one of another environment as `environment/role`.
     * @default []
     */
    readonly roles?: readonly (string)[] | undefined;
    /**
     * Further tags of the user.
     * @default {}
     */
    readonly tags?: { readonly [name: string]: string } | undefined;
  } } | undefined;
  /** Break-glass users, by IAM user name. */
  readonly breakGlass?: { readonly [name: string]: {
    /** Person who holds the key; becomes the tag `owner`. */
    readonly owner: string;
    /**
     * Roles of this environment the user may assume.
     * @default []
     */
    readonly roles?: readonly (string)[] | undefined;
  } } | undefined;
  /** Groups of repository users, by IAM group name. */
  readonly ciGroups?: { readonly [name: string]: {
    /**
     * Statements of the group's inline policy, 5,120 characters at most. No IAM, no role of a person.
     * @default []
     */
    readonly statements?: readonly (StatementDeclaration)[] | undefined;
    /**
     * AWS managed policies by name with path, or policy ARNs; at most 10.
     * @default []
     */
    readonly managedPolicies?: readonly (string)[] | undefined;
    /** Networks the jobs run in: everything from elsewhere is denied. For self-hosted runners; GitHub's own runners have thousands of networks. */
    readonly allowedNetworks?: readonly (string)[] | undefined;
  } } | undefined;
  /** Repositories with an IAM user, as `owner/name`. */
  readonly repositories?: { readonly [name: string]: {
    /** CI groups the user joins: 1 to 10. */
    readonly groups: readonly (string)[];
    /** Person or team who answers for the repository; becomes the tag `owner`. Default: the repository's owner. */
    readonly owner?: string | undefined;
  } } | undefined;
  /** Roles, by name without suffix. */
  readonly roles?: { readonly [name: string]: {
    /** At most 1,000 characters of Latin-1; IAM refuses others. */
    readonly description?: string | undefined;
    /**
     * AWS managed policies by name with path (`job-function/ViewOnlyAccess`), or policy ARNs; at most 10.
     * @default []
     */
    readonly managedPolicies?: readonly (string)[] | undefined;
    /**
     * Statements of the role's inline policy, 10,240 characters at most.
     * @default []
     */
    readonly statements?: readonly (StatementDeclaration)[] | undefined;
    /** The most the role may ever do: an AWS managed policy or policy ARN, or statements of a policy of its own. */
    readonly permissionsBoundary?: string | readonly (StatementDeclaration)[] | undefined;
    /** Whether sessions of the role work from allowedNetworks and allowedVpcs alone, by its boundary: credentials that are stolen from a session are of no use elsewhere. What AWS's services do on the session's behalf works. Not beside a boundary that is named. Default false. */
    readonly sessionNetworks?: boolean | undefined;
    /**
     * Whether the role is meant to hold administrator rights. Only such roles may attach AdministratorAccess.
     * @default false
     */
    readonly administrator?: boolean | undefined;
    /**
     * The role that sets keys to Active again: it may list, update and tag for reactivation the access keys of device users, nothing else. For a workflow, with `github` and an environment that has reviewers: the keys of all devices. For the devices of one owner that list it: the keys of that owner's devices.
     * @default false
     */
    readonly reactivatesKeys?: boolean | undefined;
    /**
     * The role that plans and looks for drift: it may read IAM, what the stacks made and their state, write nothing and read no secret.
     * @default false
     */
    readonly plansStacks?: boolean | undefined;
    /**
     * Longest session in seconds, 3600-43200.
     * @default 3600
     */
    readonly maxSessionDuration?: number | undefined;
    /**
     * Conditions under which devices may assume the role. MFA is always one.
     * @default {"maxMfaAgeSeconds":3600,"networks":true,"devices":"by-arn","sourceIdentity":false,"sessionName":false,"externalUsers":[]}
     */
    readonly trust?: {
      /**
       * How old the MFA of the session may be when the role is assumed, in seconds, 900-43200.
       * @default 3600
       */
      readonly maxMfaAgeSeconds?: number | undefined;
      /**
       * Whether the role can be assumed only from allowedNetworks and allowedVpcs.
       * @default true
       */
      readonly networks?: boolean | undefined;
      /** How devices are trusted: each by its ARN, which about 27 of them fit, or as members of a group made for the role, for any number. Default `by-arn`. */
      readonly devices?: "by-arn" | "by-group" | undefined;
      /**
       * Require `sts:SourceIdentity` to be the caller's user name. Callers must set it.
       * @default false
       */
      readonly sourceIdentity?: boolean | undefined;
      /** Require `sts:RoleSessionName` to be the caller's user name, as the profiles of this baseline and the console set it: then a response ends one device's sessions, not everybody's. Default false. */
      readonly sessionName?: boolean | undefined;
      /** External id that externalUsers must give: for third parties; it is not a secret. */
      readonly externalId?: string | undefined;
      /**
       * ARNs of IAM users in accounts that no environment describes. They are under somebody else's guard.
       * @default []
       */
      readonly externalUsers?: readonly (string)[] | undefined;
    } | undefined;
    /** An AWS service that may assume the role, so that servers need no keys. */
    readonly service?: {
      /** Service principal, such as `ec2.amazonaws.com`. */
      readonly principal: string;
      /** Require `aws:SourceAccount` to be this account (confused deputy). Default: yes, except for EC2 and Lambda, which do not reliably send it. */
      readonly sourceAccount?: boolean | undefined;
      /** Require `aws:SourceArn` to match one of these. */
      readonly sourceArns?: readonly (string)[] | undefined;
      /** Create an instance profile of the same name. Default: yes for EC2. */
      readonly instanceProfile?: boolean | undefined;
    } | undefined;
    /** GitHub Actions jobs that may assume the role by OIDC, without a key. */
    readonly github?: {
      /** `owner/name` on github.com. */
      readonly repository: string;
      /** Numeric id of the owner, for immutable subjects. */
      readonly ownerId?: string | undefined;
      /** Numeric id of the repository: a recycled name with another id is refused. Give it whenever it is known. */
      readonly repositoryId?: string | undefined;
      /** GitHub environment of the job. Exactly one of environment, branch and pullRequest. */
      readonly environment?: string | undefined;
      /** Branch of a job without a GitHub environment. */
      readonly branch?: string | undefined;
      /** Jobs of pull requests, of every branch: for read-only roles. */
      readonly pullRequest?: true | undefined;
      /** Form of the token's subject: by name, by immutable ids (repositories made or renamed since 2026-07-15), or both. Default: both where the ids are known, else name. */
      readonly subjects?: "name" | "immutable" | "both" | undefined;
    } | undefined;
    /** People of a SAML provider who may assume the role. Their MFA is the provider's. */
    readonly saml?: {
      /** Name of a provider in `identityProviders.saml`. */
      readonly provider: string;
      /**
       * Regions whose sign-in endpoint is accepted as audience besides the global one, for a day on which us-east-1 is down.
       * @default []
       */
      readonly signInRegions?: readonly (string)[] | undefined;
      /** Only these people: `saml:sub`, exactly. Default: whoever the provider gives the role to. */
      readonly subjects?: readonly (string)[] | undefined;
    } | undefined;
    /** Jobs of an OIDC provider that may assume the role, without a key. */
    readonly oidc?: {
      /** Name of a provider in `identityProviders.oidc`. */
      readonly provider: string;
      /** `aud` of the token. Default: the provider's audience, where it has exactly one. */
      readonly audience?: string | undefined;
      /** Jobs of a GitLab project. */
      readonly gitlab?: {
        /** `group/project`, with every subgroup. */
        readonly project: string;
        /** Jobs of this branch. Exactly one of branch and tag; protect it in GitLab. */
        readonly branch?: string | undefined;
        /** Jobs of this tag. */
        readonly tag?: string | undefined;
      } | undefined;
      /** Steps of a Bitbucket repository. */
      readonly bitbucket?: {
        /** UUID of the repository, in braces. */
        readonly repositoryUuid: string;
        /** UUID of the deployment environment: only its steps. Restrict it to a branch in Bitbucket. */
        readonly deploymentUuid?: string | undefined;
      } | undefined;
      /** Any other provider: `sub` of the token, each exactly. Exactly one of gitlab, bitbucket and subjects. */
      readonly subjects?: readonly (string)[] | undefined;
    } | undefined;
    /** People of IAM Identity Center with this permission set who may assume the role, beside devices. Their MFA is Identity Center's. */
    readonly permissionSet?: {
      /** Name of the permission set. It has to allow `sts:AssumeRole` on this role. */
      readonly name: string;
      /** Home region of Identity Center, which is part of the path of its roles. Default: us-east-1 and any other. */
      readonly region?: string | undefined;
    } | undefined;
    /**
     * Further tags of the role.
     * @default {}
     */
    readonly tags?: { readonly [name: string]: string } | undefined;
  } } | undefined;
  /** Fixed end of the role names, 1-16 of a-z0-9. Default: 8 random characters, kept in the state. Roles that other accounts assume need a fixed one. It is no secret. */
  readonly roleSuffix?: string | undefined;
  /**
   * SAML and OIDC providers that roles trust, besides GitHub's. Each belongs to one environment of an account.
   * @default {"saml":{},"oidc":{}}
   */
  readonly identityProviders?: {
    /**
     * SAML providers for people, by name.
     * @default {}
     */
    readonly saml?: { readonly [name: string]: {
      /** The identity provider's metadata document, as XML: `readFileSync(new URL(...), "utf8")` of the file it gives you. It holds certificates, no secret. */
      readonly metadata: string;
      /**
       * The account has it already: emit an import block, so that the first deploy takes it over.
       * @default false
       */
      readonly import?: boolean | undefined;
    } } | undefined;
    /**
     * OIDC providers for jobs other than GitHub's (`account.githubOidcProvider`), by a name of yours.
     * @default {}
     */
    readonly oidc?: { readonly [name: string]: {
      /** Issuer of the tokens, as in their `iss`: `https://gitlab.com`. No query, no port, no slash at the end. */
      readonly url: string;
      /** What `aud` of a token may be: 1-100. GitLab's is what a job asks for, Bitbucket's names the workspace. */
      readonly audiences: readonly (string)[];
      /**
       * The account has it already: emit an import block, so that the first deploy takes it over.
       * @default false
       */
      readonly import?: boolean | undefined;
    } } | undefined;
  } | undefined;
  /** Quotas that AWS raised for the account. Default: those that every account has. */
  readonly quotas?: {
    /** Characters of a role's trust policy (L-C07B4B0D). Default 2048, at most 8192. */
    readonly trustPolicyCharacters?: number | undefined;
    /** Roles of the account. Default 1000, at most 10000. */
    readonly rolesPerAccount?: number | undefined;
    /** Groups of the account. Default 300, at most 500. */
    readonly groupsPerAccount?: number | undefined;
    /** Customer managed policies of the account. Default 1500, at most 10000. */
    readonly managedPoliciesPerAccount?: number | undefined;
    /** Managed policies of a role. Default 10, at most 25. */
    readonly managedPoliciesPerRole?: number | undefined;
    /** Managed policies of a group; AWS does not raise it. Default 10, at most 10. */
    readonly managedPoliciesPerGroup?: number | undefined;
  } | undefined;
  /**
   * Settings that exist once in an account.
   * @default {}
   */
  readonly account?: {
    /** Password policy of the account. */
    readonly passwordPolicy?: {
      /**
       * Characters, 6-128.
       * @default 14
       */
      readonly minimumLength?: number | undefined;
      /**
       * Require A-Z.
       * @default true
       */
      readonly requireUppercase?: boolean | undefined;
      /**
       * Require a-z.
       * @default true
       */
      readonly requireLowercase?: boolean | undefined;
      /**
       * Require 0-9.
       * @default true
       */
      readonly requireNumbers?: boolean | undefined;
      /**
       * Require one of the special characters.
       * @default true
       */
      readonly requireSymbols?: boolean | undefined;
      /**
       * Remembered passwords, 1-24.
       * @default 24
       */
      readonly reusePrevention?: number | undefined;
      /** Days until a password expires, 1-1095. */
      readonly maxAgeDays?: number | undefined;
      /**
       * Whether an expired password can only be reset by an administrator.
       * @default false
       */
      readonly hardExpiry?: boolean | undefined;
      /**
       * Whether users may change their own password.
       * @default true
       */
      readonly allowUsersToChange?: boolean | undefined;
      /**
       * The account has one already: emit an import block, so that the first deploy takes it over.
       * @default false
       */
      readonly import?: boolean | undefined;
    } | undefined;
    /** Account alias, for the console's sign-in page. */
    readonly alias?: {
      /** 3-63 of a-z0-9-, unique in all of AWS, not 12 digits. */
      readonly name: string;
      /**
       * The account has one already: emit an import block, so that the first deploy takes it over.
       * @default false
       */
      readonly import?: boolean | undefined;
    } | undefined;
    /** Create the OIDC provider of GitHub Actions. One per account: leave it out where another stack owns it. */
    readonly githubOidcProvider?: {
      /**
       * The account has one already: emit an import block, so that the first deploy takes it over.
       * @default false
       */
      readonly import?: boolean | undefined;
    } | undefined;
  } | undefined;
  /** When access keys are deactivated. */
  readonly keyRules?: {
    /** When the run starts. Write `dailyAt("00:00", "Asia/Tokyo")`. */
    readonly schedule: {
      /** `cron(minutes hours day-of-month month day-of-week year)` of EventBridge Scheduler. */
      readonly cron: string;
      /** IANA name of the time zone of `cron`, e.g. `Asia/Tokyo`. */
      readonly timeZone: string;
    };
    /** Only report what would be deactivated. Default true: set it to false once the reports look right. */
    readonly dryRun?: boolean | undefined;
    /** Rules by name. Where several reach a key, the strictest wins. */
    readonly rules: { readonly [name: string]: {
      /** Whose keys the rule judges: exactly one of `path`, `group`, `user` and `repository`. */
      readonly appliesTo: {
        /** All users of one kind, declared or not, by their IAM path. */
        readonly path: "device" | "ci";
      } | {
        /** The members of one group of this environment. */
        readonly group: string;
      } | {
        /** One device or repository user, by IAM user name. */
        readonly user: string;
      } | {
        /** The user of one repository, `owner/name`. */
        readonly repository: string;
      };
      /** Deactivate every active key in every run. */
      readonly nightly?: true | undefined;
      /** Deactivate a key on the day its age reaches this many days. CIS AWS Foundations v7.0.0, 2.12 asks for at most 90. */
      readonly maxAgeDays?: number | undefined;
      /** Deactivate a key that signed nothing for this many days; a key that was never used counts from its creation. CIS AWS Foundations v7.0.0, 2.11 asks for at most 45. */
      readonly unusedDays?: number | undefined;
      /** Grace for keys that were never used: younger ones are not judged by `unusedDays`. Default 7. */
      readonly freshDays?: number | undefined;
      /** After a rotation, deactivate the older key once the newer active one is this many days old. */
      readonly supersededDays?: number | undefined;
      /** Why the rule exists; shown with every decision it makes. */
      readonly reason: string;
    } };
    /**
     * Further IAM paths whose users no rule reaches, e.g. `/baseline/device/lab/`. Break-glass users always are exempt.
     * @default []
     */
    readonly exemptPaths?: readonly (string)[] | undefined;
    /** Honour `baseline keys reactivate`: tags that keep one key of a user active for some hours. Default: no exception is honoured. */
    readonly reactivation?: {
      /** How many hours ahead of the run an exception may end. 24 reaches the next nightly run. */
      readonly maxHours: number;
    } | undefined;
    /** Whether rules by age and disuse leave an owner the last key with which the owner can set another device's key to Active, until such another key works. For `recovery: "second-device"`: age and absence end the keys of all devices at once. Told in every run. Default false. */
    readonly lastKeyStays?: boolean | undefined;
    /** Whether a run ends the sessions of users whose keys it deactivates, which otherwise live for up to 36 hours. Needs `respond`, and `trust.sessionName` of every role that devices assume. Default false. */
    readonly endSessions?: boolean | undefined;
    /** How many days before its end a key is named in the notification of a run: so many days before, and 7, 3, 2 and 1. 0: never. Default 14. */
    readonly warnDays?: number | undefined;
    /** Who is told. Default: the topic exists, nobody is subscribed. */
    readonly notifications?: {
      /**
       * Addresses that get the notification of a run that changed something or failed.
       * @default []
       */
      readonly emails?: readonly (string)[] | undefined;
    } | undefined;
    /** Days that CloudWatch Logs keeps the run's log; one of the periods it offers. Default 365. */
    readonly logRetentionDays?: 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | 365 | 400 | 545 | 731 | 1096 | 1827 | 2192 | 2557 | 2922 | 3288 | 3653 | undefined;
    /** Lambda runtime of the functions; refused from the day on which AWS makes no functions of it. Default `nodejs24.x`. */
    readonly runtime?: "nodejs20.x" | "nodejs22.x" | "nodejs24.x" | undefined;
  } | undefined;
  /**
   * The account's root user.
   * @default {"credentials":"own","usedWithinDays":7,"acknowledgedUses":[]}
   */
  readonly root?: {
    /**
     * `own`: a password and MFA, locked away for recovery. `central`: a member account whose root credentials the organization has removed (centralized root access); then nobody recovers by root.
     * @default "own"
     */
    readonly credentials?: "own" | "central" | undefined;
    /** How many days back the audit reports a use of root. Default 7: since the audit of last week. */
    readonly usedWithinDays?: number | undefined;
    /**
     * Uses that somebody answers for; later ones are reported again.
     * @default []
     */
    readonly acknowledgedUses?: readonly ({
      /** Uses up to here are known: `2026-11-23` (that whole day, UTC) or `2026-11-23T04:35:14Z`. */
      readonly until: string;
      /** Who used it, and for what; at least 8 characters. */
      readonly reason: string;
    })[] | undefined;
  } | undefined;
  /** What watches the account: a trail, rules on the event bus, AWS's own detectors. Default: nothing. */
  readonly detection?: {
    /** Where CloudTrail's records come from. One copy of management events is free for each account. */
    readonly trail: {
      /** ARN of the organization's trail. */
      readonly organization: string;
    } | {
      /** ARN of a trail of this account. */
      readonly existing: string;
    } | {
      /** Name of the trail, 3-128 of A-Za-z0-9._-. Default `<namespace>-trail`. */
      readonly name?: string | undefined;
      /** Bucket of the trail. Default `<namespace>-trail-<account id>`. */
      readonly bucket?: string | undefined;
      /** Days that the bucket keeps the records, 1-3653. Default 365. */
      readonly retentionDays?: number | undefined;
      /**
       * Trail and bucket exist under these names: emit import blocks, so that the first deploy takes them over.
       * @default false
       */
      readonly import?: boolean | undefined;
    };
    /** Who is told. Default: the topic exists, nobody is subscribed. */
    readonly notifications?: {
      /**
       * Addresses that are told; each confirms once.
       * @default []
       */
      readonly emails?: readonly (string)[] | undefined;
    } | undefined;
    /** When the digest of what is not urgent is sent. Default `dailyAt("07:00", "UTC")`. */
    readonly digest?: {
      /** `cron(minutes hours day-of-month month day-of-week year)`. */
      readonly cron: string;
      /** IANA name of the time zone of `cron`; moments are told in it, too. */
      readonly timeZone: string;
    } | undefined;
    /**
     * Roles that deploy: what they change is meant. Names of roles of this environment, or role ARNs (`*` for any end).
     * @default []
     */
    readonly deploymentRoles?: readonly (string)[] | undefined;
    /**
     * Detections that are not wanted, by id (`baseline explain`).
     * @default []
     */
    readonly except?: readonly (string)[] | undefined;
    /** Where people read the runbooks, ending in `/`. Default `docs/runbooks/` of this project. */
    readonly runbooks?: string | undefined;
    /** IAM Access Analyzer. */
    readonly accessAnalyzer?: {
      /**
       * Who from outside is let in: an analyzer in the home region and one in us-east-1; free. CIS AWS Foundations v7.0.0, 2.18.
       * @default true
       */
      readonly external?: boolean | {
        /** Name of the analyzer that exists. */
        readonly import: string;
      } | undefined;
      /** What nobody used for so many days, 1-365: charged for each user and role and month. Security Hub tells it for 90 days at no cost. Default: not looked for. */
      readonly unusedAfterDays?: number | undefined;
    } | undefined;
    /** GuardDuty in the home region: charged by the number of events; the first 30 days are free. */
    readonly guardDuty?: {
      /** How often findings that recur are sent again. Default FIFTEEN_MINUTES. */
      readonly publishing?: "FIFTEEN_MINUTES" | "ONE_HOUR" | "SIX_HOURS" | undefined;
      /** Id of the detector that the home region has already. */
      readonly import?: string | undefined;
    } | undefined;
    /** AWS Config, recording IAM in the home region: charged by item and by evaluation. */
    readonly config?: {
      /** Bucket of the recorded items. Default `<namespace>-config-<account id>`. */
      readonly bucket?: string | undefined;
      /** How often IAM's resources are recorded; each item is charged. Default CONTINUOUS. */
      readonly frequency?: "CONTINUOUS" | "DAILY" | undefined;
      /** The managed rules of this baseline. Default true. */
      readonly rules?: boolean | undefined;
      /**
       * The home region has a recorder `default` and its delivery channel: take them over.
       * @default false
       */
      readonly import?: boolean | undefined;
    } | undefined;
    /** Days that logs are kept. Default 365. */
    readonly logRetentionDays?: number | undefined;
  } | undefined;
  /** A function that ends a leaked key and its sessions; needs `detection`. Default: none. */
  readonly respond?: {
    /** Act on AWS's own word (AWS Health RISK, quarantine). false: only on a person's. Default true. */
    readonly leakedKeys?: boolean | undefined;
  } | undefined;
  /** Code signing configuration of Lambda's that the functions have: Lambda refuses code that no profile of it signed. Default: none; the code's hash is in the plan. */
  readonly codeSigningConfigArn?: string | undefined;
  /** The way back when every key of an owner is inactive. */
  readonly recovery?: "second-device" | "oidc" | "break-glass-user" | {
    readonly root: {
      /** The root user's password and MFA device are at hand for whoever is locked out. */
      readonly acknowledgeRootRecovery: true;
    };
  } | undefined;
  /**
   * Names that AWS has and the lists of this version lack (an action, a condition key, a managed policy, a service principal, a region), each with the reason. `baseline doctor` tells how old the lists are.
   * @default {}
   */
  readonly allowUnknown?: { readonly [name: string]: string } | undefined;
  /** Files of the states of other teams' Terraform in the account (`terraform show -json`, or a state file), by their path from the project. What they hold is no stranger to drift. Default: none. */
  readonly neighbours?: readonly (string)[] | undefined;
  /** Documents of customer managed policies that this environment names by ARN and does not make, by ARN, so that proofs know what they grant. */
  readonly documents?: { readonly [name: string]: PolicyDocumentDeclaration } | undefined;
  /** Users, groups, roles and policies that the account had before the baseline came, under their own names and paths. `baseline import` writes them. */
  readonly existing?: {
    /** Users, by IAM user name. */
    readonly users?: { readonly [name: string]: {
      /** What the user is: the key of one device of a person, of one repository's CI, or something that the baseline has no place for. */
      readonly as: "device" | "repository" | "other";
      /** Person who answers for it, for reports. */
      readonly owner?: string | undefined;
      /** `owner/name`, where it is known. */
      readonly repository?: string | undefined;
      /**
       * IAM path that it has, `/` or `/team/`. Another one moves users and groups and replaces roles.
       * @default "/"
       */
      readonly path?: string | undefined;
      /**
       * Groups it is in, of this environment: existing ones, developer groups or CI groups.
       * @default []
       */
      readonly groups?: readonly (string)[] | undefined;
      /**
       * Attached policies: AWS managed ones by name with path, others by ARN.
       * @default []
       */
      readonly managedPolicies?: readonly (string)[] | undefined;
      /**
       * Its inline policies, by their names.
       * @default {}
       */
      readonly inlinePolicies?: { readonly [name: string]: { readonly [name: string]: unknown } } | undefined;
      /** Permissions boundary: an AWS managed policy by name with path, or an ARN. */
      readonly permissionsBoundary?: string | undefined;
      /**
       * Every tag that it has; none of the environment's is added.
       * @default {}
       */
      readonly tags?: { readonly [name: string]: string } | undefined;
    } } | undefined;
    /** Groups, by IAM group name. */
    readonly groups?: { readonly [name: string]: {
      /**
       * Whom it is for: devices, repositories, or both and others.
       * @default "other"
       */
      readonly as?: "developers" | "ci" | "other" | undefined;
      /**
       * IAM path that it has, `/` or `/team/`. Another one moves users and groups and replaces roles.
       * @default "/"
       */
      readonly path?: string | undefined;
      /**
       * Attached policies: AWS managed ones by name with path, others by ARN.
       * @default []
       */
      readonly managedPolicies?: readonly (string)[] | undefined;
      /**
       * Its inline policies, by their names.
       * @default {}
       */
      readonly inlinePolicies?: { readonly [name: string]: { readonly [name: string]: unknown } } | undefined;
    } } | undefined;
    /** Roles, by their exact names. */
    readonly roles?: { readonly [name: string]: {
      /**
       * IAM path that it has, `/` or `/team/`. Another one moves users and groups and replaces roles.
       * @default "/"
       */
      readonly path?: string | undefined;
      /** Description that it has. */
      readonly description?: string | undefined;
      /** Who may assume it, a policy document exactly as the account has it. */
      readonly trust: { readonly [name: string]: unknown };
      /**
       * Attached policies: AWS managed ones by name with path, others by ARN.
       * @default []
       */
      readonly managedPolicies?: readonly (string)[] | undefined;
      /**
       * Its inline policies, by their names.
       * @default {}
       */
      readonly inlinePolicies?: { readonly [name: string]: { readonly [name: string]: unknown } } | undefined;
      /** Permissions boundary: an AWS managed policy by name with path, or an ARN. */
      readonly permissionsBoundary?: string | undefined;
      /**
       * Longest session in seconds, 3600-43200.
       * @default 3600
       */
      readonly maxSessionDuration?: number | undefined;
      /**
       * Whether the role is meant to hold administrator rights.
       * @default false
       */
      readonly administrator?: boolean | undefined;
      /**
       * Instance profiles that pass the role to EC2, by name.
       * @default {}
       */
      readonly instanceProfiles?: { readonly [name: string]: {
        /**
         * IAM path that it has, `/` or `/team/`. Another one moves users and groups and replaces roles.
         * @default "/"
         */
        readonly path?: string | undefined;
      } } | undefined;
      /**
       * Every tag that it has; none of the environment's is added.
       * @default {}
       */
      readonly tags?: { readonly [name: string]: string } | undefined;
      /**
       * What the inventory did not tell, and Terraform therefore leaves as it is. Take it out once it is written here.
       * @default []
       */
      readonly leftAlone?: readonly ("description" | "maxSessionDuration" | "instanceProfileTags")[] | undefined;
    } } | undefined;
    /** Customer managed policies, by name. */
    readonly policies?: { readonly [name: string]: {
      /**
       * IAM path that it has, `/` or `/team/`. Another one moves users and groups and replaces roles.
       * @default "/"
       */
      readonly path?: string | undefined;
      /** What it allows and denies, a policy document exactly as the account has it. */
      readonly document: { readonly [name: string]: unknown };
      /**
       * Every tag that it has; none of the environment's is added.
       * @default {}
       */
      readonly tags?: { readonly [name: string]: string } | undefined;
      /**
       * What the inventory did not tell, and Terraform therefore leaves as it is. Take it out once it is written here.
       * @default []
       */
      readonly leftAlone?: readonly ("tags")[] | undefined;
    } } | undefined;
  } | undefined;
  /** What the first apply takes over; written by `baseline import`, deleted after that apply. */
  readonly imports?: {
    /**
     * Import ids by resource type: `aws_iam_user: ["alice"]`.
     * @default {}
     */
    readonly resources?: { readonly [name: string]: readonly (string)[] } | undefined;
    /**
     * Where the environment's own state has a resource already: its address there, by type and import id.
     * @default {}
     */
    readonly moved?: { readonly [name: string]: { readonly [name: string]: string } } | undefined;
    /**
     * Addresses that the environment's own state gives up without destroying anything: other forms of what is imported.
     * @default []
     */
    readonly forgotten?: readonly (string)[] | undefined;
  } | undefined;
  /**
   * Findings of proofs, reviews, audits and drift that may stand, each with a reason and an end.
   * @default []
   */
  readonly accepted?: readonly ({
    /** Id of the proof or rule, as a report names it. */
    readonly finding: string;
    /** Principal, resource or address that the finding is about, as the report names it. For drift and audits a pattern, in which * stands for any characters and which begins with a kind and the beginning of a name: role/team-*. */
    readonly subject: string;
    /** Why it may stand; at least 8 characters. */
    readonly reason: string;
    /** Last day on which the exception holds (UTC), YYYY-MM-DD. */
    readonly expires: string;
  })[] | undefined;
}
