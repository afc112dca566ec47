import { expectClean } from "./clean-plan";
import {
  firstPlan,
  holdsWhatIsDeclared,
  keysAreNoChange,
  nothingIsLeft,
  nothingSecret,
  outputsAreTrue,
} from "./declared-steps";
import type { Deployment } from "./deployment";
import { isRepaired, showsTheTampering, tamper } from "./drift-steps";

type Step = readonly [title: string, run: (deployment: Deployment) => Promise<string | undefined>];

/** The whole run, step by step. A step throws when it fails, and may return a note. */
export const steps: readonly Step[] = [
  ["terraform starts", async ({ terraform }) => `${terraform.binary} ${await terraform.version()}`],
  ["terraform gets the providers (init)", async ({ terraform }) => void (await terraform.init())],
  ["terraform accepts the stack (validate)", async ({ terraform }) => void (await terraform.validate())],
  ["the first plan creates every resource and nothing else", firstPlan],
  ["terraform applies it", async ({ terraform }) => void (await terraform.apply())],
  ["IAM holds exactly what the environment says", holdsWhatIsDeclared],
  ["the outputs name what IAM holds", outputsAreTrue],
  ["the next plan finds no change", async ({ terraform }) => void expectClean(await terraform.plan())],
  ["an access key and an MFA device that a person makes are no change", keysAreNoChange],
  ["nothing secret is in state, plan or outputs", nothingSecret],
  ["the account is changed behind Terraform's back", tamper],
  ["the next plan shows exactly these changes", showsTheTampering],
  ["terraform applies it", async ({ terraform }) => void (await terraform.apply())],
  ["everything is repaired", isRepaired],
  ["the next plan finds no change", async ({ terraform }) => void expectClean(await terraform.plan())],
  [
    "terraform destroys it, keys and MFA devices included",
    async ({ terraform }) => void (await terraform.destroy()),
  ],
  ["nothing is left", nothingIsLeft],
];
