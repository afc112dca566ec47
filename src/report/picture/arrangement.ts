import type { DeviceBox, Frame, PeopleLane, Person, RoleBox } from "./picture";

/** Pairs of lines that are compared in all, about a tenth of a second: so many orders are tried as that allows. */
const MOST_PAIRS = 20_000_000;

/**
 * The same lane in an order in which fewer lines cross: groups, their devices, roles, their conditions and people change
 * places. What crosses no less stays as it was: by name, administrators first. Deterministic.
 */
export function arranged(lane: PeopleLane): PeopleLane {
  const starts = [lane, byPeople(lane), walked(lane)];
  const planar = starts.find((start) => crossings(start) === 0);
  if (planar !== undefined) return withPersons(planar);
  const [first = lane, ...others] = starts.map(improved);
  const best = others.reduce((kept, one) => (crossings(one) < crossings(kept) ? one : kept), first);
  return withPersons(best);
}

/**
 * How often lines cross: of devices to the conditions of roles, and of people to their devices. Those of people count
 * twice: a person stands for all of his devices, and a reader starts there.
 */
export function crossings(lane: PeopleLane): number {
  const boxes = boxesOf(lane);
  const gates = new Map(
    lane.roles
      .flatMap(({ key, gates: own }) => own.map((gate) => `${key} ${gate.text}`))
      .map((id, at) => [id, at]),
  );
  const toRoles = boxes.flatMap(({ edges }, from) =>
    edges.flatMap(({ role, gate }) => {
      const to = gates.get(`${role} ${gate}`);
      return to === undefined ? [] : [[from, to] as const];
    }),
  );
  const persons = personsInOrder(lane);
  const toDevices = boxes.flatMap(({ persons: own }, to) =>
    own.flatMap((key) => {
      const from = persons.findIndex((person) => person.key === key);
      return from < 0 ? [] : [[from, to] as const];
    }),
  );
  return inversions(toRoles) + 2 * inversions(toDevices);
}

/** Pairs of lines that cross; lines that share an end never do. */
function inversions(lines: readonly (readonly [number, number])[]): number {
  const sorted = [...lines].sort((left, right) => left[0] - right[0] || left[1] - right[1]);
  const from = Int32Array.from(sorted, ([start]) => start);
  const to = Int32Array.from(sorted, ([, end]) => end);
  let count = 0;
  for (let later = 1; later < to.length; later++) {
    const [start = 0, end = 0] = [from[later], to[later]];
    for (let earlier = 0; earlier < later; earlier++) {
      if ((to[earlier] ?? 0) > end && (from[earlier] ?? 0) < start) count++;
    }
  }
  return count;
}

function boxesOf({ frames }: PeopleLane): readonly DeviceBox[] {
  return frames.flatMap(({ boxes }) => boxes);
}

/** People where their devices are, in the middle. */
function personsInOrder(lane: PeopleLane): readonly Person[] {
  const boxes = boxesOf(lane);
  const middleOf = ({ key }: Person) => {
    const places = boxes.flatMap(({ persons }, index) => (persons.includes(key) ? [index] : []));
    return places.reduce((total, place) => total + place, 0) / Math.max(1, places.length);
  };
  const middles = new Map(lane.persons.map((person) => [person, middleOf(person)]));
  return [...lane.persons].sort((left, right) => (middles.get(left) ?? 0) - (middles.get(right) ?? 0));
}

function withPersons(lane: PeopleLane): PeopleLane {
  return { ...lane, persons: personsInOrder(lane) };
}

/** Devices of one person beside each other. */
function byPeople(lane: PeopleLane): PeopleLane {
  const ownerOf = ({ persons }: DeviceBox) => persons[0] ?? "";
  const frames = lane.frames.map((frame) => ({
    ...frame,
    boxes: [...frame.boxes].sort((left, right) =>
      ownerOf(left) < ownerOf(right) ? -1 : ownerOf(left) > ownerOf(right) ? 1 : 0,
    ),
  }));
  return { ...lane, frames };
}

/** Devices in the order of a walk over common roles and people, from one that has the fewest: what hangs together stands so. */
function walked(lane: PeopleLane): PeopleLane {
  const boxes = boxesOf(lane);
  const holders = new Map<string, DeviceBox[]>();
  const endsOf = ({ edges, persons }: DeviceBox) => [...persons, ...edges.map(({ role }) => role)];
  for (const box of boxes)
    for (const end of endsOf(box)) holders.set(end, [...(holders.get(end) ?? []), box]);
  const ranks = new Map<DeviceBox | string, number>();
  const byEnds = [...boxes].sort((left, right) => endsOf(left).length - endsOf(right).length);
  const open = [...byEnds].reverse();
  for (let box = open.pop(); box !== undefined; box = open.pop()) {
    if (ranks.has(box)) continue;
    ranks.set(box, ranks.size);
    const ends = endsOf(box).sort(
      (left, right) => (holders.get(left)?.length ?? 0) - (holders.get(right)?.length ?? 0),
    );
    for (const end of ends) if (!ranks.has(end)) ranks.set(end, ranks.size);
    const next = ends.flatMap((end) => holders.get(end) ?? []).filter((one) => !ranks.has(one));
    open.push(...next.sort((left, right) => endsOf(right).length - endsOf(left).length));
  }
  const rank = (one: DeviceBox | string) => ranks.get(one) ?? ranks.size;
  const frames = lane.frames.map((frame) => ({
    ...frame,
    boxes: [...frame.boxes].sort((left, right) => rank(left) - rank(right)),
  }));
  const first = ({ boxes: [box] }: Frame) => (box === undefined ? ranks.size : rank(box));
  return {
    ...lane,
    frames: frames.sort((left, right) => first(left) - first(right)),
    roles: [...lane.roles].sort((left, right) => rank(left.key) - rank(right.key)),
  };
}

function improved(lane: PeopleLane): PeopleLane {
  const lines = boxesOf(lane).reduce((total, { edges, persons }) => total + edges.length + persons.length, 1);
  let tries = Math.min(5_000, MOST_PAIRS / 3 / lines ** 2);
  let best = lane;
  let least = crossings(best);
  for (let isDone = false; !isDone && least > 0; ) {
    isDone = true;
    for (const neighbour of neighbours(best)) {
      if (tries-- <= 0) return best;
      const count = crossings(neighbour);
      if (count >= least) continue;
      [best, least, isDone] = [neighbour, count, false];
      break;
    }
  }
  return best;
}

/** Every lane in which one thing has moved to another place of its column. */
function* neighbours(lane: PeopleLane): Generator<PeopleLane> {
  for (const frames of moves(lane.frames)) yield { ...lane, frames };
  for (const [index, frame] of lane.frames.entries()) {
    for (const boxes of moves(frame.boxes)) {
      yield { ...lane, frames: replaced<Frame>(lane.frames, index, { ...frame, boxes }) };
    }
  }
  for (const [index, role] of lane.roles.entries()) {
    for (const gates of moves(role.gates)) {
      yield { ...lane, roles: replaced<RoleBox>(lane.roles, index, { ...role, gates }) };
    }
  }
  for (const roles of moves(lane.roles)) yield { ...lane, roles };
}

function* moves<T>(items: readonly T[]): Generator<readonly T[]> {
  for (const [from, item] of items.entries()) {
    const rest = items.filter((_one, index) => index !== from);
    for (let to = 0; to < items.length; to++) {
      if (to !== from) yield [...rest.slice(0, to), item, ...rest.slice(to)];
    }
  }
}

function replaced<T>(items: readonly T[], index: number, item: T): readonly T[] {
  return items.map((one, at) => (at === index ? item : one));
}
