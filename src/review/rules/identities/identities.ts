import type { PrincipalPairs } from "../../principals/principal-pairs";
import type { Draft } from "../../review-finding";
import { userUnguarded } from "../guard-rails/user-unguarded";
import { forceDestroy } from "./force-destroy";
import { groupJoined } from "./group-joined";
import { groupLeft } from "./group-left";
import { identityAdded } from "./identity-added";
import { identityDestroyed } from "./identity-destroyed";
import { identityRenamed } from "./identity-renamed";
import { identityReplaced } from "./identity-replaced";
import type { IdentitySides } from "./identity-sides";
import { instanceProfileAdded } from "./instance-profile-added";
import { keyKeptActive } from "./key-kept-active";
import { keyRulesEscaped } from "./key-rules-escaped";
import { pathChanged } from "./path-changed";
import { sessionLengthened } from "./session-lengthened";
import { sessionShortened } from "./session-shortened";
import { tagWithMeaningChanged } from "./tag-with-meaning-changed";

/** Users, groups and roles that come, go or change otherwise than by their policies. */
export function identityDrafts(pairs: PrincipalPairs, sides: IdentitySides): readonly Draft[] {
  const { users, roles, groups } = pairs;
  return [
    ...users.flatMap((pair) => [
      ...identityAdded(pair, sides),
      ...identityDestroyed(pair),
      ...userUnguarded(pair, sides),
      ...pathChanged(pair),
      ...keyRulesEscaped(pair, sides),
      ...groupLeft(pair),
      ...groupJoined(pair),
      ...forceDestroy(pair),
    ]),
    ...roles.flatMap((pair) => [
      ...identityAdded(pair, sides),
      ...identityDestroyed(pair),
      ...sessionLengthened(pair, sides),
      ...sessionShortened(pair),
      ...instanceProfileAdded(pair, sides),
      ...pathChanged(pair),
    ]),
    ...groups.flatMap((pair) => [...identityAdded(pair, sides), ...identityDestroyed(pair)]),
    ...[...users, ...roles].flatMap((pair) => [
      ...tagWithMeaningChanged(pair, sides),
      ...keyKeptActive(pair),
    ]),
    ...[...users, ...roles, ...groups].flatMap((pair) => [
      ...identityRenamed(pair),
      ...identityReplaced(pair, sides),
    ]),
  ];
}
