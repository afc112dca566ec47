/** `user work` */
export function principalText({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind} ${name}`;
}

export function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** `12 h`, or seconds where it is no whole number of hours. */
export function hoursText(seconds: number): string {
  const count = seconds / 3600;
  return Number.isInteger(count) ? `${count} h` : `${seconds} s`;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
