// The picture of the timeline: two bands, a mark for each reconnect, and the
// clock below. It is as fast for ten thousand entries as for ten, because what is
// narrower than a pixel is drawn once, all of one state are one path, and marks
// that would cover each other are one.
import { clock, day, h, hour, lasting, many, moment, number, svg, t } from "./dom.js";
import { firstAfter, histogram, ticks, within } from "./history.js";

const bands = { client: 62, server: 112 }; // their upper edges
const thick = 28;
const height = 170;
const apart = 24; // the least between two marks, in pixels

const states = {
  IN_GAME: "state.in_game", MAIN_MENU: "state.main_menu", LOADING: "state.loading", CONNECTING: "state.connecting",
  DOWNLOADING_FILES: "state.downloading_files", DISCONNECTING: "state.disconnecting", ERROR: "state.error_shown",
  NOT_RUNNING: "state.not_running", NOT_ALTV: "state.not_altv", NO_ANSWER: "state.no_answer",
  ready: "server.ready", starting: "server.starting", down: "server.down", unknown: "server.unknown",
};

// stateText is a state in words; what no word is known for is shown as it is.
export const stateText = (state) => (states[state] ? t(states[state]) : state);

// tints are the classes that a state is drawn in.
export function tint(state) {
  if (state === "IN_GAME" || state === "ready") return "fine";
  if (state === "MAIN_MENU") return "menu";
  if (state === "ERROR" || state === "down") return "bad";
  if (["LOADING", "CONNECTING", "DOWNLOADING_FILES", "DISCONNECTING", "starting"].includes(state)) return "busy";
  return state === "NOT_RUNNING" || state === "unknown" ? "off" : "odd";
}

// result is how a reconnect ended, in words.
export function result(one) {
  if (one.joined) return t("joined_in", { time: lasting(one.seconds) });
  return one.reason ? t("failed_why", { why: reason(one.reason) }) : t("failed");
}

// reason is why, in words; what no word is known for is shown as it is.
export function reason(name) {
  const text = t(`why.${name}`);
  return text === `why.${name}` ? name.replaceAll("_", " ") : text;
}

// draw fills the picture with what happened between two times. It returns what
// is at a place of it, for the pointer, and the marks.
export function draw(root, data, from, to, width, open) {
  const x = (time) => ((time - from) / (to - from)) * width;
  const marks = gather(within(data.reconnects, "to", from, to), x);
  root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  root.setAttribute("height", height);
  root.replaceChildren(
    ...axis(from, to, width, x),
    ...Object.keys(bands).flatMap((name) => [svg("rect", { class: "empty", x: 0, y: bands[name], width, height: thick, rx: 4 }), ...band(data[name], bands[name], from, to, width, x)]),
    svg("g", { class: "marks", role: "group", "aria-label": t("reconnects") }, ...marks.map((mark, i) => markOf(mark, i, open))),
    svg("text", { class: "label", x: 2, y: bands.client - 7 }, "alt:V"),
    svg("text", { class: "label", x: 2, y: bands.server - 7 }, t("server_name")));
  return { marks, at: (left, top) => under(data, left, top, from + (left / width) * (to - from)) };
}

function band(spans, top, from, to, width, x) {
  const paths = {};
  let last = -1; // the pixel that holds the newest narrow one
  for (let i = Math.max(0, firstAfter(spans, "from", from) - 1); i < spans.length && spans[i].from < to; i++) {
    const left = Math.max(0, x(spans[i].from));
    const right = Math.min(width, x(spans[i].to));
    if (right < 0 || right < left) continue;
    if (right - left < 1) {
      if (Math.floor(left) === last) continue;
      last = Math.floor(left);
    }
    const wide = Math.max(1, right - left);
    const kind = tint(spans[i].state);
    paths[kind] = `${paths[kind] ?? ""}M${left.toFixed(1)} ${top}h${wide.toFixed(1)}v${thick}h-${wide.toFixed(1)}Z`;
  }
  return Object.entries(paths).map(([kind, d]) => svg("path", { class: `tint ${kind}`, d }));
}

function axis(from, to, width, x) {
  const all = ticks(from, to, Math.max(2, Math.floor(width / 90)));
  return all.flatMap((time) => {
    const midnight = new Date(time).getHours() === 0 && new Date(time).getMinutes() === 0;
    const left = x(time);
    const anchor = left < 24 ? "start" : left > width - 24 ? "end" : "middle";
    return [
      svg("line", { class: "tick", x1: left, x2: left, y1: 40, y2: 148 }),
      svg("text", { class: "time", x: left, y: 164, "text-anchor": anchor }, midnight ? day(time) : hour(time)),
    ];
  });
}

// gather puts reconnects that are close to each other into one mark.
function gather(reconnects, x) {
  const marks = [];
  for (const one of reconnects) {
    const left = x(one.to);
    const last = marks.at(-1);
    if (last && left - last.left < apart) last.all.push(one);
    else marks.push({ left, all: [one] });
  }
  return marks;
}

// markText is all that a mark tells.
export function markText({ all }) {
  if (all.length === 1) return `${moment(all[0].to)}: ${result(all[0])}`;
  const joined = all.filter((one) => one.joined).length;
  const failed = all.filter((one) => !one.joined);
  const whys = [...new Set(failed.map((one) => one.reason).filter(Boolean))].slice(0, 3).map(reason);
  const text = `${moment(all[0].to)} – ${clock(all.at(-1).to)}: ${many("reconnects_of", all.length, { joined: number(joined) })}`;
  return whys.length ? `${text} (${whys.join(", ")})` : text;
}

function markOf(mark, index, open) {
  const failed = mark.all.filter((one) => !one.joined).length;
  const bad = failed > mark.all.length / 2;
  const label = markText(mark);
  const several = mark.all.length > 1;
  const wide = mark.all.length > 99 ? 30 : mark.all.length > 9 ? 24 : 18;
  const press = (event) => (event.type === "click" || event.key === "Enter" || event.key === " ") && (event.preventDefault(), open(mark));
  const g = svg("g", { class: bad ? "mark failed" : "mark", transform: `translate(${mark.left.toFixed(1)} 20)`, role: "button", tabindex: index ? -1 : 0, "aria-label": label },
    svg("line", { y1: 10, y2: bands.client - 20 }),
    several ? svg("rect", { class: "shape", x: -wide / 2, y: -9, width: wide, height: 18, rx: bad ? 2 : 9 })
      : bad ? svg("path", { class: "shape", d: "M0-11 11 0 0 11-11 0Z" }) : svg("circle", { class: "shape", r: 9 }),
    several && failed && !bad ? svg("path", { class: "some", d: `M${wide / 2 - 1}-13l5 5-5 5-5-5Z` }) : "",
    several ? svg("text", { y: 4, "text-anchor": "middle" }, mark.all.length > 99 ? "99+" : String(mark.all.length))
      : svg("path", { class: "stroke", d: bad ? "M-3-3 3 3M3-3-3 3" : "M-4 0-1 3 4-3" }));
  g.addEventListener("click", press);
  g.addEventListener("keydown", press);
  return g;
}

// under is what the pointer is on: the span of a band.
function under(data, left, top, time) {
  const name = Object.keys(bands).find((key) => top >= bands[key] && top <= bands[key] + thick);
  const span = name && data[name][firstAfter(data[name], "from", time) - 1];
  if (!span || span.to < time) return null;
  const who = name === "client" ? "alt:V" : t("server_name");
  return `${who}: ${stateText(span.state)}, ${moment(span.from)} – ${span.open ? t("now_word") : clock(span.to)} (${lasting((span.to - span.from) / 1000)})`;
}

// bars draws how often a reconnect took how long.
export function bars(took) {
  const { width, bins } = histogram(took);
  const most = Math.max(...bins, 1);
  const label = bins.map((n, i) => (n ? `${lasting(i * width)} – ${lasting((i + 1) * width)}: ${number(n)}` : "")).filter(Boolean).join("; ");
  const wide = 460;
  const each = wide / Math.max(1, bins.length);
  const picture = svg("svg", { viewBox: `0 0 ${wide} 92`, role: "img", "aria-label": `${t("histogram")}: ${label}` },
    ...bins.map((n, i) => {
      const tall = (n / most) * 84;
      return svg("g", {}, svg("title", {}, `${lasting(i * width)} – ${lasting((i + 1) * width)}: ${number(n)}`),
        svg("rect", { x: (i * each + 1).toFixed(1), y: (90 - tall).toFixed(1), width: Math.max(1, Math.min(each, 48) - 2).toFixed(1), height: tall.toFixed(1), rx: 2 }));
    }),
    svg("line", { x1: 0, x2: wide, y1: 90.5, y2: 90.5 }));
  return h("div", { class: "bars" }, picture, h("div", { class: "row between quiet", "aria-hidden": "true" }, h("span", {}, lasting(0)), h("span", {}, lasting(bins.length * width))));
}
