import { distance } from "fastest-levenshtein";
import { conditionKeyNames } from "./condition-keys";
import type { NameFault } from "./name-fault";

/** Other providers and claims have names of their own: only one letter or two make a misspelling. */
const MISSPELT = 2;

/** A claim that is nearly one of a provider that everybody shares; of other providers and claims nothing is known. */
export function federatedFault(key: string): Omit<NameFault, "path" | "name"> | undefined {
  const claims = conditionKeyNames().filter((name) => /^(?:saml|[^$:]+\.[^$:]+):[^$]+$/.test(name));
  const providers = [...new Set(claims.map(providerOf))];
  const [provider, claim] = [providerOf(key), key.slice(providerOf(key).length)];
  const nearest = providers.includes(provider) ? near(key, claims) : near(provider, providers)?.concat(claim);
  if (nearest === undefined) return undefined;
  return {
    expected: "the claim of an identity provider",
    remedy: `did you mean "${nearest}"?`,
    mayBeNew: true,
  };
}

function near(written: string, known: readonly string[]): string | undefined {
  return known.find((name) => distance(written.toLowerCase(), name.toLowerCase()) <= MISSPELT);
}

const providerOf = (key: string) => key.slice(0, key.lastIndexOf(":")).toLowerCase();
