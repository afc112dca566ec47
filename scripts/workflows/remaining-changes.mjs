/**
 * What a second plan, made after the first failed half-way, would do that the first was not reviewed for; one line each.
 * None: it does the rest of the first. Both are the output of `terraform show -json`.
 */
export function unreviewedChanges(second, first) {
  const reviewed = new Map((first.resource_changes ?? []).map((change) => [change.address, change.change]));
  return (second.resource_changes ?? []).flatMap(({ address, change }) => {
    if (change.actions.every((action) => action === "no-op" || action === "read")) return [];
    const before = reviewed.get(address);
    if (before === undefined) return [`${address}: was not in the reviewed plan`];
    if (JSON.stringify(change.actions) !== JSON.stringify(before.actions)) {
      return [
        `${address}: reviewed to ${before.actions.join(" and ")}, would ${change.actions.join(" and ")}`,
      ];
    }
    return isKnownNow(change.after, before.after, before.after_unknown) &&
      isNoLessKnown(change.after_unknown, before.after_unknown)
      ? []
      : [`${address}: would become something else than reviewed`];
  });
}

/** The same value, or one that the first plan could not know yet. */
function isKnownNow(value, planned, unknown) {
  if (unknown === true) return true;
  // of what is unknown altogether, a plan may leave out the hull
  const reviewed =
    isNested(unknown) && isNested(value) ? (planned ?? (Array.isArray(value) ? [] : {})) : planned;
  if (!isNested(value) || !isNested(reviewed))
    return isNested(value) === isNested(reviewed) && value === reviewed;
  if (Array.isArray(value) !== Array.isArray(reviewed)) return false;
  const keys = new Set([...Object.keys(value), ...Object.keys(reviewed)]);
  return [...keys].every((key) => isKnownNow(value[key] ?? null, reviewed[key] ?? null, unknown?.[key]));
}

/** Nothing that was known at the review is unknown now. */
function isNoLessKnown(unknown, reviewed) {
  if (reviewed === true || unknown === undefined || unknown === false) return true;
  if (unknown === true) return false;
  return Object.keys(unknown).every((key) => isNoLessKnown(unknown[key], reviewed?.[key]));
}

function isNested(value) {
  return typeof value === "object" && value !== null;
}
