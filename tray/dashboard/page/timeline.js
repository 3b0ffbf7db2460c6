// What happened: the chart with its controls, what restarts cost, and the same as
// a table.
import { ask } from "./api.js";
import { bars, draw, markText, reason, result, stateText } from "./chart.js";
import { button, h, lasting, many, moment, number, show, svg, t } from "./dom.js";
import { cost, read, within } from "./history.js";

const minute = 60_000;
const spans = { hour: 60 * minute, hours8: 480 * minute, day: 1440 * minute, week: 10_080 * minute };
const rowsAtOnce = 25;
const moreRows = 100;

let entries; // as the app gave them; undefined: not asked for yet
let data = read([]);
let open = {}; // by side, the state that goes on
let span;
let end = null; // of what is shown; null: now, and it goes on
let rows = rowsAtOnce;
let parts;
let drawn;
let frame = 0;

setInterval(() => !end && visible() && redraw(), 10_000);

const visible = () => span && parts?.chart.isConnected && !document.hidden && parts.chart.clientWidth > 0;
const until = () => end ?? Date.now();

export function mount(root) {
  parts = { chart: svg("svg", { class: "chart", tabindex: 0, role: "group", "aria-describedby": "chart-help" }) };
  parts.chart.setAttribute("aria-label", t("chart"));
  parts.tip = h("div", { class: "tip", hidden: true });
  parts.range = h("p", { class: "range" });
  parts.spans = h("div", { class: "segments", role: "group", "aria-label": t("span.label") },
    Object.keys(spans).map((name) => button(t(`span.${name}`), () => choose(spans[name]), { "data-span": spans[name] })));
  const control = (sign, label, click) => button(sign, click, { "aria-label": t(label), title: t(label), class: "square" });
  parts.now = button(t("go_now"), () => move(null));
  parts.cost = h("div", { class: "cost" });
  parts.kind = h("select", { id: "kind", onchange: () => { rows = rowsAtOnce; table(); } },
    ["all", "reconnect", "restart", "session", "client", "server"].map((kind) => h("option", { value: kind }, t(`kind.${kind}`))));
  parts.rows = h("tbody");
  parts.more = button("", () => { rows += moreRows; table(); });
  parts.none = h("p", { class: "quiet" }, t("nothing_yet"));
  root.append(
    h("article", { class: "card" },
      h("div", { class: "row between" }, parts.spans, h("div", { class: "row" },
        control("‹", "earlier", () => move(until() - span / 2)), control("›", "later", () => move(until() + span / 2)),
        control("−", "zoom_out", () => zoom(2)), control("+", "zoom_in", () => zoom(0.5)), parts.now)),
      parts.range, h("div", { class: "canvas" }, parts.chart, parts.tip), legend(),
      h("p", { class: "quiet", id: "chart-help" }, t("chart_help"))),
    h("article", { class: "card" }, h("h2", {}, t("cost")), parts.cost),
    h("article", { class: "card" },
      h("div", { class: "row between" }, h("h2", { id: "table-title" }, t("table")),
        h("div", { class: "row" }, h("label", { htmlFor: "kind" }, t("show_kind")), parts.kind)),
      parts.none,
      h("div", { class: "scroll", tabIndex: 0, role: "region", "aria-labelledby": "table-title" }, (parts.table = h("table", { "aria-labelledby": "table-title" },
        h("thead", {}, h("tr", {}, ["began", "what", "how", "lasted", "profile"].map((name) => h("th", { scope: "col" }, t(`column.${name}`))))), parts.rows))),
      parts.more));
  listen(parts.chart);
  new ResizeObserver(redraw).observe(parts.chart);
  redraw();
}

export function see(message) {
  if (message.type === "now") {
    const entry = (state) => ({ from: Date.parse(state.since), state: state.state, open: true });
    open = { client: entry(message.client), server: entry(message.server) };
    redraw();
  }
  if (message.type === "history" && entries) {
    entries.push(...message.entries);
    data = read(entries);
    redraw();
  }
}

// shown fetches what there is; what comes later is told by the stream, but not
// while that is broken.
export async function shown() {
  entries ??= [];
  redraw();
  try {
    ({ entries } = await ask("/api/history"));
    data = read(entries);
  } catch { /* what is known stays */ }
  span ??= first();
  redraw();
}

// first is the span at first: the smallest that holds what there is, in the first hours.
function first() {
  const begin = Math.min(...data.items.map((item) => item.from));
  return begin < Date.now() - spans.hour ? spans.hours8 : spans.hour;
}

function choose(width) {
  span = width;
  move(null);
}

function move(to) {
  end = to && to < Date.now() ? to : null;
  rows = rowsAtOnce;
  redraw();
}

// zoom keeps the time at that share of the width where it is.
function zoom(factor, share = end ? 0.5 : 1) {
  const at = until() - span * (1 - share);
  span = Math.min(spans.week, Math.max(minute, span * factor)) || spans.hours8;
  move(at + span * (1 - share));
}

function redraw() {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    if (visible()) paint();
  });
}

function paint() {
  const to = until();
  const from = to - span;
  const held = [...parts.chart.querySelectorAll(".mark")].indexOf(document.activeElement);
  drawn = draw(parts.chart, withOpen(), from, to, parts.chart.clientWidth, (mark) => {
    span = Math.max(minute * 5, (mark.all.at(-1).to - mark.all[0].to) * 1.5);
    move(mark.all.at(-1).to + span / 4);
  });
  if (held >= 0) focusMark(Math.min(held, drawn.marks.length - 1), false);
  show(parts.range, `${moment(from)} – ${end ? moment(to) : t("now_word")}`);
  parts.now.disabled = !end;
  for (const one of parts.spans.children) one.setAttribute("aria-pressed", String(!end && Number(one.dataset.span) === span));
  const began = open.server?.state === "ready" ? [open.server.from] : [];
  price(cost(within(data.reconnects, "to", from, to), [...data.readies, ...began]));
  table();
}

// withOpen adds what goes on now.
function withOpen() {
  const more = (side) => (open[side]?.state && open[side].from > 0 ? [...data[side].filter((one) => one.from < open[side].from), { ...open[side], kind: side, to: Date.now() }] : data[side]);
  return { ...data, client: more("client"), server: more("server") };
}

function price(c) {
  const figure = (label, value) => h("div", { class: "figure" }, h("dt", {}, t(label)), h("dd", {}, value));
  if (!c.count) return parts.cost.replaceChildren(h("p", { class: "quiet" }, t("cost_none")));
  const time = (seconds) => (seconds === undefined ? "–" : lasting(seconds));
  parts.cost.replaceChildren(
    h("div", {}, h("dl", {}, figure("median", time(c.median)), figure("slowest_tenth", time(c.slow)),
      figure("succeeded", `${number((c.joined / c.count) * 100)} %`)),
    h("p", { class: "quiet" }, many("cost_of", c.count, { joined: number(c.joined) }))),
    c.took.length ? bars(c.took) : "");
}

function table() {
  const to = until();
  const from = to - span;
  const kind = parts.kind.value;
  const going = Object.keys(open).filter((side) => open[side].from > 0).map((side) => ({ ...open[side], kind: side, to: Date.now() }));
  // What the chart shows; restarts and sessions are there as states already.
  const some = kind === "all" ? [...data.client, ...data.server, ...data.reconnects] : data.items.filter((item) => item.kind === kind);
  const all = [...some, ...going.filter((item) => kind === "all" || item.kind === kind)]
    .filter((item) => item.to >= from && item.from <= to)
    .sort((a, b) => b.from - a.from);
  parts.table.classList.toggle("one-profile", new Set(all.map((item) => item.profile).filter(Boolean)).size < 2);
  parts.rows.replaceChildren(...all.slice(0, rows).map(row));
  parts.none.hidden = all.length > 0;
  parts.more.hidden = all.length <= rows;
  show(parts.more, many("more_rows", Math.min(moreRows, all.length - rows)));
}

function row(item) {
  const how = { reconnect: () => result(item), restart: () => t("server.ready"), session: () => (item.reason ? reason(item.reason) : "") };
  const cell = (text, name) => h("td", { class: name }, text);
  return h("tr", { class: item.kind === "reconnect" && !item.joined ? "failed" : "" },
    cell(moment(item.from), "began"), cell(t(`kind.${item.kind}`), "what"), cell(how[item.kind]?.() ?? stateText(item.state), "how"),
    cell(item.open ? t("goes_on", { time: lasting((item.to - item.from) / 1000) }) : lasting((item.to - item.from) / 1000), "lasted"), cell(item.profile ?? "", "profile"));
}

function legend() {
  const key = (kind, label) => h("li", {}, svg("svg", { width: 14, height: 14, "aria-hidden": "true" }, svg("rect", { class: `tint ${kind}`, width: 14, height: 14, rx: 3 })), h("span", {}, label));
  return h("ul", { class: "legend" }, key("fine", `${t("state.in_game")}, ${t("server.ready")}`), key("menu", t("state.main_menu")),
    key("busy", t("on_the_way")), key("bad", `${t("state.error_shown")}, ${t("server.down")}`), key("off", t("state.not_running")));
}

function listen(chart) {
  const share = (event) => (event.clientX - chart.getBoundingClientRect().left) / chart.clientWidth;
  let start; // of a drag
  chart.addEventListener("pointerdown", (event) => {
    if (event.target.closest(".mark")) return;
    chart.setPointerCapture(event.pointerId);
    start = { end: until(), at: share(event) };
  });
  chart.addEventListener("pointermove", (event) => {
    if (!start) return tip(event);
    const by = share(event) - start.at;
    if (Math.abs(by) * chart.clientWidth > 3 || end) move(start.end - by * span);
  });
  for (const type of ["pointerup", "pointercancel"]) chart.addEventListener(type, () => (start = null));
  chart.addEventListener("pointerleave", () => (parts.tip.hidden = true));
  // The wheel alone scrolls the page.
  chart.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.shiftKey && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
    event.preventDefault();
    if (event.ctrlKey) zoom(event.deltaY > 0 ? 1.25 : 0.8, share(event));
    else move(until() + ((event.deltaX || event.deltaY) / chart.clientWidth) * span);
  }, { passive: false });
  chart.addEventListener("keydown", keys);
  chart.addEventListener("focusin", (event) => {
    const i = [...chart.querySelectorAll(".mark")].indexOf(event.target);
    if (i >= 0) tipAt(markText(drawn.marks[i]), drawn.marks[i].left, 36);
  });
  chart.addEventListener("focusout", () => (parts.tip.hidden = true));
}

// keys: on a mark the arrows go to the next one, on the chart they move the time.
function keys(event) {
  const marks = [...parts.chart.querySelectorAll(".mark")];
  const at = marks.indexOf(event.target);
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (at >= 0 && (by || event.key === "Home" || event.key === "End")) {
    focusMark(by ? Math.max(0, Math.min(marks.length - 1, at + by)) : event.key === "Home" ? 0 : marks.length - 1, true);
  } else if (by) move(until() + (by * span) / 8);
  else if (event.key === "+" || event.key === "=") zoom(0.5);
  else if (event.key === "-") zoom(2);
  else if (event.key === "End" || event.key === "Home") move(event.key === "End" ? null : Date.now() - spans.week + span);
  else return;
  event.preventDefault();
}

function focusMark(index, scroll) {
  const marks = [...parts.chart.querySelectorAll(".mark")];
  marks.forEach((mark, i) => mark.setAttribute("tabindex", i === index ? 0 : -1));
  (marks[index] ?? parts.chart).focus({ preventScroll: !scroll });
}

function tip(event) {
  const box = parts.chart.getBoundingClientRect();
  const i = [...parts.chart.querySelectorAll(".mark")].indexOf(event.target.closest(".mark"));
  if (i >= 0) return tipAt(markText(drawn.marks[i]), drawn.marks[i].left, 36);
  tipAt(drawn?.at(event.clientX - box.left, event.clientY - box.top), event.clientX - box.left, event.clientY - box.top + 14);
}

function tipAt(text, left, top) {
  parts.tip.hidden = !text;
  if (!text) return;
  show(parts.tip, text);
  const most = parts.chart.clientWidth - parts.tip.offsetWidth;
  parts.tip.style.left = `${Math.max(0, Math.min(most, left - parts.tip.offsetWidth / 2))}px`;
  parts.tip.style.top = `${top}px`;
}
