import { type Check, judged, ok, problem } from "../check";

export const account: Check = {
  id: "account",
  title: "Account",
  why: "Terraform's provider refuses another account; the AWS CLI does not.",
  judge: ({ caller, environment }) =>
    judged(caller, ({ accountId, arn }) =>
      accountId === environment.accountId
        ? [ok(`credentials of account ${accountId}: ${arn}`)]
        : [
            problem(
              `credentials of account ${accountId}, and ${environment.name} is account ${environment.accountId}`,
              `use a profile of it: aws-vault exec ${environment.name}-<role> -- ...`,
            ),
          ],
    ),
};
