/** Writes the ids of findings (`src/findings`), `docs/rules.md`, `docs/errors.md`, `docs/compliance.md` and the list of runbooks from the declarations of rules, refusals and detections. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compliancePage } from "../src/catalogue/compliance/compliance-page";
import { errorsPage, findingIdsFile, rulesPage, runbooksPage } from "../src/catalogue/reference-pages";
import { REFUSALS } from "../src/catalogue/refusals";
import { RULES } from "../src/catalogue/rules";
import { DETECTIONS } from "../src/detection/detections";

const docs = join(__dirname, "..", "docs");
writeFileSync(join(docs, "rules.md"), rulesPage(RULES));
writeFileSync(join(docs, "compliance.md"), compliancePage());
writeFileSync(join(docs, "errors.md"), errorsPage(REFUSALS));
writeFileSync(join(docs, "runbooks", "README.md"), runbooksPage(DETECTIONS));
writeFileSync(join(__dirname, "..", "src", "findings", "finding-ids.generated.ts"), findingIdsFile(RULES));
