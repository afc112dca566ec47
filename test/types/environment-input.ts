import type { z } from "zod";
import type { environmentSchema } from "../../src/environment/environment";
import type { EnvironmentDeclaration } from "../../src/environment/environment-input.generated";

/** Compiles only where the generated type and the schema accept the same environments. */
type Accepts<Wide, Narrow extends Wide> = Narrow;
type Schema = z.input<typeof environmentSchema>;
export type SchemaTakesDeclaration = Accepts<Schema, EnvironmentDeclaration>;
export type DeclarationTakesSchema = Accepts<EnvironmentDeclaration, Schema>;
