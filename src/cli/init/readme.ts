import type { Answers } from "./answers";

/** The README of a new project: the first hour, and every day after. */
export function readme({ environment, devices, bucket }: Answers): string {
  const [device = "work"] = devices;
  return `# IAM of ${environment}

The IAM of one AWS account, as data: \`environments/${environment}.ts\`. Made by \`iam-baseline init\`; change everything.

## The first hour
\`\`\`sh
npm install
npm start                                # synthesizes, proves, and says what comes next
npm test
\`\`\`

With credentials of an administrator (root in CloudShell for the very first time):

\`\`\`sh
npx iam-baseline doctor ${environment}
${bucket === undefined ? "" : `npx cdktf deploy '${environment}-state-backend'\n`}npx cdktf deploy '${environment}-identity'
\`\`\`

On the device \`${device}\`, with the same credentials:

\`\`\`sh
npx iam-baseline device config ${device} --write --variables ~/.profile
npx iam-baseline device onboard ${device} --yes
aws-vault exec ${environment}-daily -- aws sts get-caller-identity
\`\`\`

Then the nightly run, which only reports until \`dryRun\` is false:

\`\`\`sh
aws-vault exec ${environment}-admin -- npx cdktf deploy '${environment}-credential-hygiene'
\`\`\`
${
  bucket === undefined
    ? "\nThe state lies below `state/`, which git ignores: keep a copy where you keep other private files. It holds names and\nnetworks, no secret.\n"
    : ""
}
## Every day
| | |
|---|---|
| who can do what, and why | \`npx iam-baseline access\` |
| what a change means | the workflow \`review\`, or \`npx iam-baseline review --base DIR --head DIR\` |
| is all well | \`npx iam-baseline doctor\` |
| a key grows old | \`npx iam-baseline device rotate ${device}\` |
| what an error or a rule means | \`npx iam-baseline explain CODE\` |

Everything else is in \`node_modules/iam-baseline/docs\`.
`;
}
