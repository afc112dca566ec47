/** Writes `docs/rules.md` and `docs/errors.md` from the declarations of rules and refusals. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorsPage, rulesPage } from "../src/catalogue/reference-pages";
import { REFUSALS } from "../src/catalogue/refusals";
import { RULES } from "../src/catalogue/rules";

const docs = join(__dirname, "..", "docs");
writeFileSync(join(docs, "rules.md"), rulesPage(RULES));
writeFileSync(join(docs, "errors.md"), errorsPage(REFUSALS));
