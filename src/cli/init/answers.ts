/** What a project needs to know, as text; the environment's own validation judges it. */
export interface Answers {
  /** Name of the environment: `personal`. */
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
  readonly networks: readonly string[];
  /** Person who holds the devices. */
  readonly owner: string;
  /** At least one; the first may become administrator. */
  readonly devices: readonly string[];
  /** Time zone of the nightly run. */
  readonly timeZone: string;
  /** Bucket for the state; absent: files of the project. */
  readonly bucket: string | undefined;
}
