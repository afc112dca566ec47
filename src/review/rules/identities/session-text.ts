/** `1 h`, `5400 s`. */
export function hoursText(seconds: number): string {
  return seconds % 3600 === 0 ? `${seconds / 3600} h` : `${seconds} s`;
}
