// What the history says: spans of a state, reconnects, and what they cost. All
// times are milliseconds. Nothing here touches the page.

// An entry's time is its end, as in `altv-tray history --json`.
export function read(entries) {
  const items = entries.map((entry) => {
    const to = Date.parse(entry.at);
    return { ...entry, to, from: to - entry.seconds * 1000 };
  });
  const of = (kind) => items.filter((item) => item.kind === kind).sort((a, b) => a.from - b.from);
  const sessions = of("session").map((item) => ({ ...item, state: "IN_GAME" }));
  const restarts = of("restart").map((item) => ({ ...item, state: "down" }));
  const servers = of("server");
  const readies = [...restarts.map((one) => one.to), ...servers.filter((one) => one.state === "ready").map((one) => one.from)].sort((a, b) => a - b);
  return { items, readies, client: joined(sessions, of("client")), server: joined(restarts, servers), reconnects: of("reconnect").sort((a, b) => a.to - b.to) };
}

// joined puts what is only known from sessions or restarts before the states that
// were kept.
function joined(known, states) {
  const begin = states[0]?.from ?? Infinity;
  return [...known.filter((span) => span.to <= begin), ...states];
}

// firstAfter is the index of the first of the items, which are in the order of
// key, whose key is above the time.
export function firstAfter(items, key, time) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle][key] > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

export const within = (items, key, from, to) => items.slice(firstAfter(items, key, from - 1), firstAfter(items, key, to));

// cost tells what the reconnects after a restart of the server came to, from the
// server's being ready, at one of those times, to being in game. A reconnect begins at
// once, or some minutes later, when another one has ended. One without such a time near
// it has no cost that is known.
export function cost(reconnects, readies) {
  const all = reconnects.filter((one) => one.cause === "server_restart");
  const seconds = (one) => {
    const ready = readies.findLast((at) => at <= one.from + 1000);
    return one.from - ready < 600_000 ? (one.to - ready) / 1000 : NaN;
  };
  const joined = all.filter((one) => one.joined);
  const took = joined.map(seconds).filter((one) => one >= 0).sort((a, b) => a - b);
  const at = (share) => took[Math.max(0, Math.ceil(took.length * share) - 1)];
  return { count: all.length, joined: joined.length, median: at(0.5), slow: at(0.9), took };
}

const widths = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];

// histogram counts how many of the times fall into each of at most 12 bins, of a
// width that is easy to read.
export function histogram(took) {
  if (!took.length) return { width: 1, bins: [] };
  const most = took.at(-1);
  const width = widths.find((w) => most / w < 12) ?? most / 11;
  const bins = new Array(Math.floor(most / width) + 1).fill(0);
  for (const seconds of took) bins[Math.floor(seconds / width)]++;
  return { width, bins };
}

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880].map((minutes) => minutes * 60_000);

// ticks are the times to write below a span, in whole steps of the local clock.
export function ticks(from, to, most) {
  const step = steps.find((s) => (to - from) / s <= most) ?? steps.at(-1);
  const first = new Date(from);
  first.setHours(0, 0, 0, 0);
  const all = [];
  if (step < steps[11]) {
    for (let day = first; day < to; day = nextDay(day)) {
      const end = Math.min(nextDay(day), to + 1);
      for (let time = +day; time < end; time += step) if (time >= from) all.push(time);
    }
    return all;
  }
  const days = step / steps[11];
  for (let day = first, n = 0; day <= to; day = nextDay(day), n++) if (day >= from && n % days === 0) all.push(+day);
  return all;
}

function nextDay(day) {
  const next = new Date(day);
  next.setDate(next.getDate() + 1);
  return next;
}
