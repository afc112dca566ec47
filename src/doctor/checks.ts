import type { Check } from "./check";
import { account } from "./checks/account";
import { address } from "./checks/address";
import { concurrency } from "./checks/concurrency";
import { identityCenter } from "./checks/identity-center";
import { keys } from "./checks/keys";
import { lists } from "./checks/lists";
import { mfa } from "./checks/mfa";
import { programs } from "./checks/programs";
import { quotas } from "./checks/quotas";
import { runtimes } from "./checks/runtimes";
import { securityHub } from "./checks/security-hub";
import { sessionLifetime } from "./checks/session-lifetime";
import { state } from "./checks/state";
import { trail } from "./checks/trail";
import { wayBack } from "./checks/way-back";

/** Everything that the doctor looks at, in the order of the report. */
export const CHECKS: readonly Check[] = [
  account,
  address,
  programs,
  sessionLifetime,
  mfa,
  keys,
  wayBack,
  quotas,
  concurrency,
  runtimes,
  trail,
  securityHub,
  identityCenter,
  state,
  lists,
];
