import { run } from "./run";

// `iam-baseline access | head`: whoever reads has seen enough
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  // a full disk, a device that takes nothing: half a result is none
  process.stderr.write(
    `error: standard output takes no more (${error.code ?? error.message}); the result is not whole\n`,
  );
  process.exit(1);
});

// the SDK announces what its next versions need; this one is pinned, and standard error is for messages of the command
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

void run(process.argv.slice(2)).then((code) => {
  // not process.exit: what was written to a pipe may still be on its way
  process.exitCode = code;
});
