/**
 * What drift costs from an inventory: `npm run bench -- drift`.
 *
 * CPU milliseconds of this process, the median of some rounds (`BENCH_ROUNDS`). The account holds what the environment
 * declares, and beside it the roles of other teams and a few changes by hand; the inventory is parsed from JSON, as a
 * file is. Exit code 0: every target met. 2: a target was missed.
 */
import Table from "cli-table3";
import { judgeDrift } from "../src/drift/judge-drift";
import { readInventory } from "../src/drift/read-inventory";
import { grownAccount } from "./drift/grown-account";

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 3);
const TARGETS = { seconds: 3, growth: 2 } as const;
const SIZES = [
  { users: 250, roles: 75, othersRoles: 75 },
  { users: 1_000, roles: 300, othersRoles: 300 },
] as const;

const table = new Table({
  head: ["users", "roles", "roles of others", "findings", "drift, CPU ms", "ms per user"],
  style: { head: [], border: [] },
});
const perUser: number[] = [];
let slowest = 0;
for (const size of SIZES) {
  const { graph, inventory } = grownAccount(size);
  const text = JSON.stringify(inventory);
  let findings = 0;
  const rounds = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    const drift = judgeDrift({
      environment: "grown",
      plans: [],
      withoutPlan: [{ stack: "grown-identity", graph }],
      inventory: readInventory(JSON.parse(text), "inventory.json"),
    });
    const { user, system } = process.cpuUsage(before);
    findings = drift.findings.length;
    return (user + system) / 1000;
  });
  const cost = rounds.sort((left, right) => left - right)[Math.floor(ROUNDS / 2)] ?? 0;
  perUser.push(cost / size.users);
  slowest = Math.max(slowest, cost);
  table.push([
    size.users,
    size.roles,
    size.othersRoles,
    findings,
    cost.toFixed(0),
    (cost / size.users).toFixed(3),
  ]);
}
console.log(table.toString());
const [small = 0, large = 0] = perUser;
const isFast = slowest < TARGETS.seconds * 1000;
const isLinear = large <= small * TARGETS.growth;
console.log(
  `1,000 users and 300 roles in ${(slowest / 1000).toFixed(2)} s of ${TARGETS.seconds}: ${isFast ? "met" : "MISSED"}`,
);
console.log(
  `four times the account costs ${(large / small).toFixed(2)} times as much a user: ${isLinear ? "met" : "MISSED"}`,
);
process.exitCode = isFast && isLinear ? 0 : 2;
