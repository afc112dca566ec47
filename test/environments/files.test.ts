import { readdirSync } from "node:fs";
import { join } from "node:path";
import { environments } from "../../environments";

test("each environment has a file of its name, and environments/index.ts lists them all", () => {
  const files = readdirSync(join(__dirname, "../../environments"))
    .filter((file) => /^[^.]+\.ts$/.test(file) && file !== "index.ts")
    .map((file) => file.replace(/\.ts$/, ""));
  expect(environments.map(({ name }) => name).sort()).toEqual(files.sort());
});
