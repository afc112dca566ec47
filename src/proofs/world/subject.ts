import { UNKNOWN_PART } from "../../iam/graph";

/** `user/laptop`, `role/daily-(unknown)`: how reports and accepted exceptions name a principal. */
export function subjectOf(principal: { readonly kind: string; readonly name: string }): string {
  return `${principal.kind}/${principal.name.replaceAll(UNKNOWN_PART, "(unknown)")}`;
}

/** The same for a declared principal, from its ARN. A role's random end is left out. */
export function subjectOfArn(arn: string): string {
  const resource = arn.split(":").slice(5).join(":");
  const kind = resource.slice(0, resource.indexOf("/"));
  return `${kind}/${resource.slice(resource.lastIndexOf("/") + 1).replaceAll(UNKNOWN_PART, "(unknown)")}`;
}
