/** What the package's public API exports of the access model, under one name. */
export { compileGraph, evaluate } from "../../../src/access/evaluate";
export { graphFromPlan } from "../../../src/access/loaders/graph-from-plan";
export { graphFromStack } from "../../../src/access/loaders/graph-from-stack";
export { graphFromStackDirectory } from "../../../src/access/loaders/graph-from-stack-directory";
export { graphFromState } from "../../../src/access/loaders/graph-from-state";
export { mergeGraphs } from "../../../src/access/loaders/merge-graphs";
export { accessReport } from "../../../src/access/report/build-report";
export { formatAccessJson } from "../../../src/access/report/format/json";
export { formatAccessMarkdown } from "../../../src/access/report/format/markdown";
export { formatAccessMermaid } from "../../../src/access/report/format/mermaid";
export { formatAccessSvg } from "../../../src/access/report/format/svg";
export { formatAccessTable } from "../../../src/access/report/format/table";
export { answerQuestion } from "../../../src/access/report/question";
