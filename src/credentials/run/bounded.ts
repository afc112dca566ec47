/**
 * Works on items, at most `limit` at a time, until they are done or `goOn` says no; an item that was begun is finished.
 * `work` must not reject.
 *
 * @returns how many items were begun
 */
export async function forEachBounded<Item>(
  items: readonly Item[],
  limit: number,
  goOn: () => boolean,
  work: (item: Item) => Promise<void>,
): Promise<number> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length && goOn()) {
      const item = items[next];
      next += 1;
      if (item !== undefined) await work(item);
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return next;
}
