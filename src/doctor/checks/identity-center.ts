import { type Check, judged, ok } from "../check";

export const identityCenter: Check = {
  id: "identity-center",
  title: "IAM Identity Center",
  why: "Where people sign in through it, they can share the roles of devices.",
  judge: ({ identityCenter: answer, environment }) =>
    judged(answer, (present) => {
      const used = Object.entries(environment.roles).flatMap(([name, { permissionSet }]) =>
        permissionSet ? [name] : [],
      );
      if (present)
        return [
          ok(
            used.length > 0
              ? `present; shared roles: ${used.join(", ")}`
              : "present: roles can trust its permission sets (docs/federation.md)",
          ),
        ];
      return [
        ok(
          used.length > 0
            ? `no instance is visible from this account; ${used.join(", ")} trust permission sets that another account makes`
            : "not in use",
        ),
      ];
    }),
};
