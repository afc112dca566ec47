/** When something runs, as EventBridge Scheduler takes it. */
export interface Schedule {
  /** `cron(minutes hours day-of-month month day-of-week year)`; evaluated in `timeZone`. */
  readonly cron: string;
  /** IANA name, e.g. `Asia/Tokyo`. */
  readonly timeZone: string;
}

/**
 * Every day at a wall time: `dailyAt("00:00", "Asia/Tokyo")`.
 *
 * A time that is none is kept as written, so that the validation reports it together with everything else.
 *
 * @param time `HH:MM`, 24 hours
 * @param timeZone IANA name
 */
export function dailyAt(time: string, timeZone: string): Schedule {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined)
    return { cron: `dailyAt(${JSON.stringify(time)})`, timeZone };
  return { cron: `cron(${Number(minutes)} ${Number(hours)} * * ? *)`, timeZone };
}
