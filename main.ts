import { App } from "cdktf";
import { environments } from "./environments";
import { validateBaseline } from "./src/baseline/validate-baseline";
import { addBaseline } from "./src/stacks/baseline";

const app = new App();
addBaseline(app, validateBaseline(environments, new Date()));
app.synth();
