import { type Check, judged, ok, warning } from "../check";

export const trail: Check = {
  id: "trail",
  title: "CloudTrail",
  why: "Without a trail, EventBridge sees no call and no alarm fires; a second trail of management events is billed.",
  judge: ({ trails }) =>
    judged(trails, (found) => {
      const organization = found.find((one) => one.organization);
      if (organization !== undefined)
        return [ok(`the organization's trail ${organization.name} covers the account`)];
      const all = found.find((one) => one.multiRegion);
      if (all !== undefined) return [ok(`trail ${all.name} of all regions`)];
      return [
        found.length === 0
          ? warning(
              "no trail",
              "make one, or join the organization's: the first of management events is free",
            )
          : warning(
              `${found.map(({ name }) => name).join(", ")}: of one region only`,
              "make it a trail of all regions",
            ),
      ];
    }),
};
