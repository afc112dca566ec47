/**
 * Environments of any size, for the growth benchmark: `personal` with more devices and repositories. Nine users in ten
 * are devices, two of each owner; five of them may assume the roles, as a trust policy holds few. A break-glass user brings
 * the others back.
 */
import { personal } from "../../test/shipped/personal";

const ENVIRONMENTS = Number(process.env["BENCH_ENVIRONMENTS"] ?? 1);
const USERS = Number(process.env["BENCH_USERS"] ?? 10);
const ASSUMING = 5;

const digits = (value: number, width: number) => String(value).padStart(width, "0");

function environmentOf(index: number): typeof personal {
  const pairs = Math.floor((USERS * 9) / 20);
  const deviceCount = 2 * pairs;
  // the break-glass user is one of them: an account holds 5,000
  const repositoryCount = USERS - deviceCount - 1;
  const devices = Object.fromEntries(
    Array.from({ length: deviceCount }, (_, device) => [
      `device-${digits(device, 5)}`,
      {
        owner: `owner-${digits(device >> 1, 5)}`,
        roles: device < ASSUMING ? ["daily", "admin"] : [],
      },
    ]),
  );
  const repositories = Object.fromEntries(
    Array.from({ length: repositoryCount }, (_, repository) => [
      // the rules of `personal` name one
      repository === 0 ? "octo/website" : `octo/site-${digits(repository, 5)}`,
      { groups: ["site-deployers"] },
    ]),
  );
  const { daily, admin } = personal.roles ?? {};
  if (daily === undefined || admin === undefined) throw new Error("personal has no roles daily and admin");
  return {
    ...personal,
    roles: { daily, admin },
    breakGlass: { emergency: { owner: "owner-00000", roles: ["admin"] } },
    recovery: "break-glass-user",
    name: `size-${digits(index, 3)}`,
    accountId: digits(index + 1, 12),
    devices,
    repositories,
  };
}

export const environments = Array.from({ length: ENVIRONMENTS }, (_, index) => environmentOf(index));
