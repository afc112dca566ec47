/** Builds the zips of every Lambda function into dist/lambda, whether they are fresh or not: `npm run build:lambda`. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { LAMBDA_FUNCTIONS } from "../src/lambda-bundle/function-name";
import { buildLambda } from "../src/lambda-bundle/lambda-build";
import { lambdaZip } from "../src/lambda-bundle/lambda-zip";
import { packageRoot } from "../src/lambda-bundle/package-root";

const root = packageRoot();
for (const name of LAMBDA_FUNCTIONS) {
  buildLambda(root, name, join(root, "dist", "lambda"));
  const { zipPath, sha256Base64 } = lambdaZip(name, root);
  process.stderr.write(`${zipPath} ${statSync(zipPath).size} bytes, source_code_hash ${sha256Base64}\n`);
}
