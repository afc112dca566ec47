import { personal } from "./personal";
import { teamDev } from "./team-dev";
import { teamProd } from "./team-prod";

/** Every environment; all of them are always synthesized together. */
export const environments = [personal, teamDev, teamProd];
