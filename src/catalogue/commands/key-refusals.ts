import { defineRefusal } from "../../findings/refusal";

export const KEY_AMBIGUOUS = defineRefusal({
  code: "key-ambiguous",
  title: "It is not certain which access key is meant, or there is none",
  why: "A user has at most two keys. The wrong one would work again, and nobody would look for it.",
  example:
    "error[key-ambiguous]: user laptop: has 2 access keys, ****MPLE (Active, 31 days old), ****MPK2 (Active, 31 days old); say which one by its last four characters: --key ABCD",
  remedy:
    "Say which by its last four characters: `--key ABCD`. A user without a key makes one on its device.",
  since: "0.1.0",
});

export const REACTIVATION_REFUSED = defineRefusal({
  code: "reactivation-refused",
  title: "A key may not be reactivated for so long, or not for a time at all",
  why: "The environment says how long a request may hold. Without `keyRules.reactivation`, the next run judges the key by the rules.",
  example:
    "error[reactivation-refused]: --hours: expected more than 0 and at most 48 (keyRules.reactivation.maxHours of environment home), got 72; write --hours 48 or less, and ask again when they have passed",
  remedy: "Ask for fewer hours, or leave `--hours` out; to allow more, change the environment.",
  since: "0.1.0",
});

export const BREAK_GLASS_KEY = defineRefusal({
  code: "break-glass-key",
  title: "The key of a break-glass user is not reactivated by this command",
  why: "No rule deactivates such a key. A person did, and knows why.",
  example:
    'error[break-glass-key]: user "emergency": expected a device or repository user, got a break-glass user, whom no rule deactivates; a person who did it undoes it in IAM',
  remedy: "Whoever did it undoes it in IAM.",
  since: "0.1.0",
});

export const KEY_CHANGE_FAILED = defineRefusal({
  code: "key-change-failed",
  title: "IAM did not take a step of a reactivation",
  why: "The message says what was written before and what was not touched.",
  example:
    "error[key-change-failed]: tags of user laptop were not written, and the key ****MPLE was not touched: Throttling: Rate exceeded",
  remedy: "Read IAM's answer in the message; the command can be run again.",
  since: "0.1.0",
});

export const USER_QUARANTINED = defineRefusal({
  code: "user-quarantined-key",
  title: "A key of a user whom AWS has quarantined is not reactivated",
  why: "AWS found a key of the user where others can read it. Set to Active again, it serves whoever has read it.",
  example:
    "error[user-quarantined-key]: user laptop: expected a user whose keys nobody else knows, got one that AWS has quarantined (AWSCompromisedKeyQuarantineV3); make a new key and look at what the old one did, or write --despite-quarantine",
  remedy:
    "Make a new key, look at what the old one did (CloudTrail), and take the quarantine away last. Where you know better: `--despite-quarantine`.",
  since: "0.2.0",
});
