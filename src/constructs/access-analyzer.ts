import { AccessanalyzerAnalyzer } from "@cdktf/provider-aws/lib/accessanalyzer-analyzer";
import { AccessanalyzerArchiveRule } from "@cdktf/provider-aws/lib/accessanalyzer-archive-rule";
import { Construct } from "constructs";

export interface AccessAnalyzerProps {
  /** 1-255 of `A-Za-z0-9_.-`, beginning with a letter. */
  readonly analyzerName: string;
  /** Region. @default the provider's */
  readonly region?: string | undefined;
  /** Look for what nobody used for so many days, instead of who from outside is let in. */
  readonly unusedAfterDays?: number;
  /** Findings that are as they should be, by the rule's name: criteria, all of which hold. */
  readonly archive?: Readonly<
    Record<string, Readonly<Record<string, { readonly eq: string[] } | { readonly contains: string[] }>>>
  >;
  /** The analyzer exists under this name: the first deploy takes it over. */
  readonly import?: boolean;
}

/** Analyzer of IAM Access Analyzer's for the account. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html */
export class AccessAnalyzer extends Construct {
  constructor(scope: Construct, id: string, props: AccessAnalyzerProps) {
    super(scope, id);
    const { analyzerName, region, unusedAfterDays } = props;
    const place = region === undefined ? {} : { region };
    const analyzer = new AccessanalyzerAnalyzer(this, "analyzer", {
      ...place,
      analyzerName,
      type: unusedAfterDays === undefined ? "ACCOUNT" : "ACCOUNT_UNUSED_ACCESS",
      ...(unusedAfterDays !== undefined && {
        configuration: { unusedAccess: { unusedAccessAge: unusedAfterDays } },
      }),
    });
    if (props.import === true)
      analyzer.importFrom(region === undefined ? analyzerName : `${analyzerName}@${region}`);
    for (const [ruleName, criteria] of Object.entries(props.archive ?? {})) {
      new AccessanalyzerArchiveRule(this, `archive-${ruleName}`, {
        ...place,
        analyzerName: analyzer.analyzerName,
        ruleName,
        filter: Object.entries(criteria).map(([criterion, asked]) => ({ criteria: criterion, ...asked })),
      });
    }
  }
}
