import { App } from "cdktf";
import { environments } from "./environments";
import { InvalidEnvironmentsError, validateBaseline } from "./src/baseline/validate-baseline";
import { addBaseline } from "./src/stacks/baseline";

try {
  const valid = validateBaseline(environments, new Date());
  const app = new App();
  addBaseline(app, valid);
  app.synth();
} catch (error) {
  if (!(error instanceof InvalidEnvironmentsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
