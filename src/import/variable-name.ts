/** `team-prod` as a name in TypeScript. */
export function variableOf(environment: string): string {
  return environment.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
