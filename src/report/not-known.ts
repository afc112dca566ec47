/** Something the source does not tell. */
export interface NotKnown {
  readonly what: string;
  readonly reason: string;
}
