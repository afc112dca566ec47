import { wholeDays } from "../../credentials/days";
import { type Check, judged, ok, problem, warning } from "../check";

export const mfa: Check = {
  id: "mfa",
  title: "MFA",
  why: "Whoever holds a key of a user without MFA can enrol his own device; without one no role can be assumed.",
  judge: ({ users, now }) =>
    judged(users, (all) => {
      const found = all.flatMap(({ userName, keys, mfa: device }) => {
        if (device.state === "enrolled") return [];
        if (!keys.some(({ active }) => active)) return [];
        return [
          device.state === "another"
            ? warning(
                `${userName}: an MFA device of another name is enrolled`,
                "profiles name the one called after the user: enrol it anew (device onboard)",
              )
            : problem(
                `${userName}: an active key and no MFA device`,
                `enrol one now: device onboard ${userName}`,
              ),
        ];
      });
      const enrolled = all.flatMap(({ userName, mfa: device }) =>
        device.state === "enrolled" ? [`${userName} for ${wholeDays(device.since, now)} days`] : [],
      );
      return [
        ...found,
        ...(enrolled.length > 0 || found.length === 0
          ? [ok(`enrolled: ${enrolled.join(", ") || "nobody has a key yet"}`)]
          : []),
      ];
    }),
};
