// Loaded into a measured process by --require: appends its peak resident set (kB) to a file when it ends.
const { appendFileSync } = require("node:fs");

const file = process.env.BENCH_RSS_FILE;
if (file) process.on("exit", () => appendFileSync(file, `${process.resourceUsage().maxRSS}\n`));
