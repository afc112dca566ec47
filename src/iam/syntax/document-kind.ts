/** Where a policy document stands, which decides its elements. */
export type PolicyDocumentKind = "identity" | "trust" | "boundary";
