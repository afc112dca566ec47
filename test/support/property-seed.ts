import fc from "fast-check";

/**
 * By hand every run tries other examples. In CI the examples are the same each time, so that a red build means the
 * change under test; whoever finds a counterexample by hand adds it as a case.
 */
if (process.env["CI"] === "true") fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_123 });
