import { type Check, judged, ok, problem } from "../check";

/** AWS keeps so many for functions that reserve nothing. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
const KEPT = 100;
/** The nightly function and the audit reserve one each. */
const RESERVED = 2;

export const concurrency: Check = {
  id: "concurrency",
  title: "Concurrency of Lambda",
  why: "New accounts often have 10, of which none can be reserved: the first deploy of the hygiene stack fails.",
  judge: ({ concurrency: answer, environment }) =>
    environment.keyRules === undefined
      ? [ok("no function is declared")]
      : judged(answer, ({ unreserved, limit, deployed }) => {
          if (deployed)
            return [ok(`${limit}, of which ${unreserved} are not reserved; the functions are deployed`)];
          if (unreserved - RESERVED >= KEPT) return [ok(`${limit}, of which ${unreserved} are not reserved`)];
          return [
            problem(
              `${limit}, of which ${unreserved} are not reserved: AWS lets nobody reserve where fewer than ${KEPT} would be left`,
              "ask AWS to raise `Concurrent executions` of Lambda to 1000 (Service Quotas, free, hours to days) before deploying the hygiene stack",
            ),
          ];
        }),
};
