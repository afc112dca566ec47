import { listOf, type PolicyDocument, type Statement } from "../policy-document";
import { type ActionSet, compileActions } from "./action-match";
import type { Caller } from "./caller";
import { type Condition, compileConditions } from "./conditions";
import { type Template, type TemplateContext, template, templateMatches } from "./policy-variables";
import { compilePrincipals, type Naming, type PrincipalTest } from "./principal-match";
import type { ContextEntry, RequestContext } from "./request-context";
import { and, every, not, some, type Ternary } from "./ternary";

/** What statements are matched with. */
export interface Question {
  /** In lower case. */
  readonly action: string;
  readonly resource: string;
  readonly caller: Caller;
  readonly context: RequestContext;
}

/** A statement read once, for many questions. */
export interface CompiledStatement {
  readonly statement: Statement;
  readonly index: number;
  readonly principals: PrincipalTest | undefined;
  readonly actions: { readonly negated: boolean; readonly set: ActionSet };
  /** Nothing in a trust policy, which has no Resource. */
  readonly resources: { readonly negated: boolean; readonly templates: readonly Template[] } | undefined;
  readonly conditions: readonly Condition[];
}

const compiledDocuments = new WeakMap<PolicyDocument, readonly CompiledStatement[]>();

/** Reads a document once; the same object is never read twice, however many principals it is attached to. */
export function compileDocument(document: PolicyDocument): readonly CompiledStatement[] {
  let statements = compiledDocuments.get(document);
  if (statements === undefined) {
    const variables = document.Version === "2012-10-17";
    statements = document.Statement.map((statement, index) => compileStatement(statement, index, variables));
    compiledDocuments.set(document, statements);
  }
  return statements;
}

function compileStatement(statement: Statement, index: number, variables: boolean): CompiledStatement {
  const { Action, NotAction, Resource, NotResource } = statement;
  const written = Resource ?? NotResource;
  const asTemplate = (text: string): Template =>
    template(text, { wildcards: true, arn: "resource", variables });
  return {
    statement,
    index,
    principals: compilePrincipals(statement),
    actions: { negated: Action === undefined, set: compileActions(listOf(Action ?? NotAction)) },
    resources:
      written === undefined
        ? undefined
        : { negated: Resource === undefined, templates: listOf(written).map(asTemplate) },
    conditions: compileConditions(statement.Condition, variables),
  };
}

/** How far a statement fits a question, with the reasons of an answer that is not known. */
export interface StatementMatch {
  readonly compiled: CompiledStatement;
  readonly matched: Ternary;
  /** How a trust policy's statement names the caller. */
  readonly naming: Naming | undefined;
  readonly reasons: readonly string[];
}

const NO_REASONS: readonly string[] = [];

/** Gathers why answers are not known, for one statement after the other. */
export class Notes implements TemplateContext {
  readonly #context: RequestContext;
  #reasons: string[] | undefined;

  constructor(context: RequestContext) {
    this.#context = context;
  }

  lookup(key: string): ContextEntry {
    return this.#context.lookup(key);
  }

  readonly note = (reason: string): void => {
    if (this.#reasons === undefined) this.#reasons = [reason];
    else this.#reasons.push(reason);
  };

  /** The reasons since the last time. */
  take(): readonly string[] {
    const reasons = this.#reasons ?? NO_REASONS;
    this.#reasons = undefined;
    return reasons;
  }
}

/** Matches one statement with a question; nothing when it certainly does not match. */
export function matchStatement(
  compiled: CompiledStatement,
  question: Question,
  notes: Notes,
): StatementMatch | undefined {
  const action = actionFits(compiled, question);
  if (action === false) return undefined;
  notes.take();
  if (action === "unknown")
    notes.note(`whether the statement covers ${question.action} is known only after apply`);
  const naming = compiled.principals?.names(question.caller, notes.note);
  if (naming !== undefined && isNobody(naming)) return undefined;
  const resource = and(action, resourceFits(compiled, question, notes));
  if (resource === false) return undefined;
  const matched = and(resource, conditionsHold(compiled, notes));
  return matched === false ? undefined : { compiled, matched, naming, reasons: notes.take() };
}

function isNobody(naming: Naming): boolean {
  return naming.direct === false && naming.role === false && naming.account === false;
}

function conditionsHold({ conditions }: CompiledStatement, context: TemplateContext): Ternary {
  return every(conditions, (condition) => condition.holds(context));
}

function actionFits({ actions }: CompiledStatement, question: Question): Ternary {
  const covered = actions.set.covers(question.action);
  return actions.negated ? not(covered) : covered;
}

function resourceFits(
  { resources }: CompiledStatement,
  question: Question,
  context: TemplateContext,
): Ternary {
  if (resources === undefined) return true;
  const fits = some(resources.templates, (value) => templateMatches(value, question.resource, context));
  // a variable without a value makes its resource match nothing, so NotResource spares nothing for it
  return resources.negated ? not(fits) : fits;
}

/** The condition for which alone a statement does not match; nothing when something else does not fit either. */
export function failedCondition(compiled: CompiledStatement, question: Question): Condition | undefined {
  const ignore = new Notes(question.context);
  if (actionFits(compiled, question) === false || resourceFits(compiled, question, ignore) === false)
    return undefined;
  const naming = compiled.principals?.names(question.caller, ignore.note);
  if (naming !== undefined && isNobody(naming)) return undefined;
  return compiled.conditions.find((condition) => condition.holds(ignore) === false);
}
