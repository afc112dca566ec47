/** What a pull request changes, in terms of access. It has no credentials, and what can write runs none of its code. */
export function reviewWorkflow(): string {
  return `# What a pull request changes, in terms of access. No credentials: both sides are synthesized and compared.
name: review

on:
  pull_request:

permissions: {}

jobs:
  review:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          fetch-depth: 2
          persist-credentials: false
      - uses: actions/setup-node@6044e13b5dc448c55e2357c09f80417699197238 # v6.2.0
        with:
          node-version: "22"
          package-manager-cache: false
      - run: npm ci --ignore-scripts --no-audit --no-fund
      - run: npm test
      - name: Synthesize both sides
        run: |
          CDKTF_OUTDIR=/tmp/head node --import tsx main.ts
          git checkout --quiet HEAD^1 -- environments main.ts
          CDKTF_OUTDIR=/tmp/base node --import tsx main.ts
          git checkout --quiet HEAD -- environments main.ts
      - name: Compare them
        run: npx iam-baseline review --base /tmp/base --head /tmp/head --format markdown >> "$GITHUB_STEP_SUMMARY"
`;
}
