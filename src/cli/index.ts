import { run } from "./run";

// `iam-baseline access | head`: whoever reads has seen enough
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(process.exitCode ?? 0);
});

void run(process.argv.slice(2)).then((code) => {
  // not process.exit: what was written to a pipe may still be on its way
  process.exitCode = code;
});
