import type { Command } from "commander";
import { isColorSupported } from "picocolors";
import {
  OPTION_CONFLICT,
  OPTION_VALUE_INVALID,
  UNKNOWN_ACTION,
} from "../../catalogue/commands/option-refusals";
import { maskPrivateIn } from "../../findings/mask";
import { nearestName } from "../../findings/nearest-name";
import { Refusal } from "../../findings/refusal";
import { actionsOfService, expandActions, isKnownAction, servicePrefixes } from "../../iam/actions";
import {
  formatAnswers,
  formatAnswersJson,
  formatAnswersMarkdown,
  isAnswered,
} from "../../report/format/answer";
import { answerQuestion } from "../../report/question";
import type { Question } from "../../report/question-answers";
import type { ReportInput } from "../../report/report-input";
import { contextOf, refuseKeysOfOptions } from "../access/question-context";
import { networkOf } from "../access/question-network";
import { refuseOtherResource } from "../access/question-resource";
import type { CommandContext } from "../command";
import { type ExitCode, exitCodes } from "../exit-codes";

type Options = Readonly<Record<string, unknown>>;

/** Options of a question; what is left out is varied. */
export function addQuestionOptions(command: Command): void {
  command
    .option("--principal <name>", "ask about a user or role: name, environment/name or ARN")
    .option("--action <action...>", "may it do this? service:Action, with * and ?")
    .option("--resource <arn>", "on which resource; for sts:AssumeRole a role's name will do")
    .option("--mfa-age <seconds>", "with MFA that is that old")
    .option("--no-mfa", "without MFA")
    .option("--source-ip <address>", "from this address")
    .option("--vpc <id>", "from this VPC")
    .option("--via-service", "through an AWS service that acts on the caller's behalf")
    .option("--context <key=value...>", "with this condition key; twice for several values");
}

const QUESTION_OPTIONS = ["action", "resource", "mfaAge", "sourceIp", "vpc", "viaService", "context"];

export function isQuestion(options: Options): boolean {
  if (options["principal"] !== undefined) {
    if (options["action"] === undefined)
      throw new Refusal(OPTION_CONFLICT, "--principal: give --action too, such as --action 's3:*'");
    return true;
  }
  const given =
    QUESTION_OPTIONS.find((name) => options[name] !== undefined) ??
    (options["mfa"] === false ? "no-mfa" : undefined);
  if (given !== undefined) {
    const flag = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new Refusal(OPTION_CONFLICT, `--${flag} is part of a question: give --principal too`);
  }
  return false;
}

/** Exit code 1 where part of the answer is not known. */
export function answer(
  options: Options,
  environments: readonly string[],
  inputs: readonly ReportInput[],
  { output: { columns } }: CommandContext,
  write: (text: string) => void,
): ExitCode {
  const found = answerQuestion({ ...questionOf(options), environments }, inputs);
  const answers = options["mask"] === true ? maskPrivateIn(found) : found;
  const format = String(options["format"]);
  if (format === "json") write(formatAnswersJson(answers));
  else if (format === "markdown") write(formatAnswersMarkdown(answers));
  else if (format === "table") {
    const isTerminal = columns !== undefined && options["output"] === undefined;
    write(
      formatAnswers(answers, {
        color: isTerminal && isColorSupported,
        ...(isTerminal && { width: columns }),
      }),
    );
  } else
    throw new Refusal(OPTION_VALUE_INVALID, {
      where: "--format",
      expected: "table, json or markdown for an answer",
      got: format,
      remedy: "leave it out, or ask for the whole picture without --principal",
    });
  return isAnswered(found) ? exitCodes.clean : exitCodes.error;
}

function questionOf(options: Options): Question {
  const { resource, viaService } = options;
  const mfa = mfaOf(options);
  const network = networkOf(options["sourceIp"], options["vpc"]);
  const actions = (options["action"] as readonly string[]).flatMap(actionsOf);
  if (typeof resource === "string") refuseOtherResource(resource, actions);
  const context = Array.isArray(options["context"]) ? contextOf(options["context"], actions) : undefined;
  refuseKeysOfOptions(context ?? {}, options);
  return {
    principal: String(options["principal"]),
    actions,
    ...(typeof resource === "string" && { resource }),
    ...(mfa !== undefined && { mfa }),
    ...(network !== undefined && { network }),
    ...(viaService === true && { viaAwsService: true }),
    ...(context !== undefined && { context }),
  };
}

/** @throws Refusal for an action that AWS does not have */
function actionsOf(written: string): readonly string[] {
  const expanded = expandActions(written);
  if (expanded.length > 0) return expanded;
  if (!/^[^:]+:[^:]+$/.test(written)) {
    throw new Refusal(OPTION_VALUE_INVALID, {
      where: "--action",
      expected: "service:Action",
      got: JSON.stringify(written),
      remedy: "write it such as --action s3:GetObject or --action 's3:*'",
    });
  }
  const [service = "", name = ""] = written.split(":");
  const known = actionsOfService(service);
  if (known.length === 0) {
    const nearest = nearestName(service, servicePrefixes());
    throw new Refusal(
      UNKNOWN_ACTION,
      `--action ${written}: AWS has no service "${service}"${didYouMean(nearest && `${nearest}:${name}`)}`,
    );
  }
  if (isKnownAction(written)) return [written];
  throw new Refusal(
    UNKNOWN_ACTION,
    `--action ${written}: AWS has no such action${didYouMean(nearestName(written, known))}`,
  );
}

function didYouMean(nearest: string | undefined): string {
  return nearest === undefined ? "" : `; did you mean ${nearest}?`;
}

/** Seconds. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
const LONGEST_SESSION = 129_600;

function mfaOf({ mfaAge, mfa }: Options): Question["mfa"] {
  if (mfaAge === undefined) return mfa === false ? "none" : undefined;
  if (mfa === false) throw new Refusal(OPTION_CONFLICT, "--mfa-age and --no-mfa exclude each other");
  const ageSeconds = /^\d{1,6}$/.test(String(mfaAge)) ? Number(mfaAge) : Number.NaN;
  if (!(ageSeconds <= LONGEST_SESSION)) {
    throw new Refusal(OPTION_VALUE_INVALID, {
      where: "--mfa-age",
      expected: `whole seconds, 0 to ${LONGEST_SESSION} (no session with MFA lasts longer)`,
      got: JSON.stringify(mfaAge),
      remedy: "write it such as --mfa-age 600",
    });
  }
  return { ageSeconds };
}
