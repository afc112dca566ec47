/**
 * Every action that the workflows use, by release and commit. An update is one change here and one in the workflows.
 * A tag can be moved by who takes an action over; a commit cannot.
 *
 * @see https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions
 */
export const PINNED_ACTIONS: Readonly<Record<string, { readonly version: string; readonly commit: string }>> =
  {
    "actions/checkout": { version: "v6.0.2", commit: "de0fac2e4500dabe0009e67214ff5f5447ce83dd" },
    "actions/setup-node": { version: "v6.2.0", commit: "6044e13b5dc448c55e2357c09f80417699197238" },
    "actions/setup-python": { version: "v6.2.0", commit: "a309ff8b426b58ec0e2a45f0f869d46889d02405" },
    "actions/upload-artifact": { version: "v6.0.0", commit: "b7c566a772e6b6bfb58ed0dc250532a479d7789f" },
    "actions/download-artifact": { version: "v7.0.0", commit: "37930b1c2abaa49bbe596cd826c3c89aef350131" },
    "aws-actions/configure-aws-credentials": {
      version: "v6.0.0",
      commit: "8df5847569e6427dd6c4fb1cf565c83acfa8afa7",
    },
    "hashicorp/setup-terraform": { version: "v4.0.1", commit: "dfe3c3f87815947d99a8997f908cb6525fc44e9e" },
  };
