import { spawnSync } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { resolve } from "node:path";

jest.setTimeout(60_000);

/** Linux has a device that is always full. */
const onLinux = existsSync("/dev/full") ? test : test.skip;

onLinux("a standard output that takes nothing is told in one line, with exit code 1", () => {
  const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", "src/cli/index.ts", "explain"], {
    cwd: resolve(__dirname, "../.."),
    encoding: "utf8",
    stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
  });
  expect({ status, lines: stderr.trim().split("\n") }).toEqual({
    status: 1,
    lines: [expect.stringMatching(/standard output takes no more \(ENOSPC\)/)],
  });
});
