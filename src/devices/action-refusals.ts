import { defineRefusal } from "../findings/refusal";

export const DEVICE_STEP_REFUSED = defineRefusal({
  code: "device-step-refused",
  title: "A step of onboarding a device cannot be done",
  why: "Either the account is in a state that a person has to look at (a key that this machine does not hold, an MFA device of another name), or the declared policies do not allow the call. Nothing was changed.",
  example:
    "error[device-step-refused]: device onboard home: step key: there is an active key that was never used and that this machine does not hold: run it where the key is, or replace it with --replace-key; nothing was changed",
  remedy: "Do what the message says, and run the command again: it goes on where it stopped.",
  since: "0.2.0",
});

export const ROTATION_REFUSED = defineRefusal({
  code: "rotation-refused",
  title: "The key cannot be rotated now",
  why: "A rotation needs the key that is in use, a free slot, and no run in the next minutes that could end what it makes. The old key is in place.",
  example:
    "error[rotation-refused]: device rotate: expected 15 minutes between a rotation and a run that ends keys, got the run of personal at 2026-11-24 00:00 Asia/Tokyo (2026-11-23T15:00:00Z); wait until it is over, or write --despite-run",
  remedy: "Do what the message says, then rotate again.",
  since: "0.2.0",
});

export const KEY_STORE_FAILED = defineRefusal({
  code: "key-store-failed",
  title: "A key was not taken by where it should go",
  why: "A key that nobody holds is a key that nobody ends. The one that was just made was deleted again.",
  example:
    "error[key-store-failed]: aws-vault add personal: expected exit code 0, got 1; see its words above",
  remedy: "Unlock or repair the key store, or hand the key over another way with `--to`; then run it again.",
  since: "0.2.0",
});

export const PROGRAM_MISSING = defineRefusal({
  code: "program-missing",
  title: "A program that the command needs is not installed",
  why: "It is looked for before anything is made.",
  example:
    "error[program-missing]: aws-vault: expected the program, got none on the PATH; install it, or hand over another way with --to",
  remedy: "Install it, or choose another way as the message says.",
  since: "0.2.0",
});

export const TERMINAL_MISSING = defineRefusal({
  code: "terminal-missing",
  title: "The command needs somebody at a terminal",
  why: "Codes are read by a person, and a QR code is for the eyes of one: in a log it would be a stolen second factor.",
  example:
    "error[terminal-missing]: device onboard: expected somebody at a terminal, who reads codes, got none; run it in one",
  remedy: "Run it in a terminal, without redirecting standard input or standard error.",
  since: "0.2.0",
});

export const PROFILES_MISSING = defineRefusal({
  code: "profiles-missing",
  title: "The profiles of the device are not written yet",
  why: "aws-vault would write a profile of its own for the key, in the way of ours.",
  example:
    "error[profiles-missing]: /home/alice/.aws/config: expected the profiles of work, got none; write them first: iam-baseline device config work --environment personal --write",
  remedy: "Write them first: `iam-baseline device config DEVICE --write`.",
  since: "0.2.0",
});

export const DEVICE_NOT_EDITABLE = defineRefusal({
  code: "device-not-editable",
  title: "A device cannot be retired or renamed so",
  why: "The edit would be one that the environment refuses, or that a person should think about: break-glass users, names that are taken or that IAM does not know.",
  example:
    'error[device-not-editable]: device rename: expected a name that personal does not have, got "home" beside "home"; take another name',
  remedy: "Take another name, or edit the environment by hand.",
  since: "0.2.0",
});
