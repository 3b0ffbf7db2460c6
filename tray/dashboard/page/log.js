// The newest lines of the log, followed.
import { ask } from "./api.js";
import { button, h, moment, t } from "./dom.js";
import { act } from "./notices.js";

const levels = ["debug", "info", "warn", "error"];
const most = 1000; // lines

let level = "info";
let following = true;
let loaded = false;
let parts;

export function mount(root) {
  parts = { lines: h("ol", { class: "lines", tabIndex: 0, "aria-labelledby": "title-log" }) };
  parts.level = h("select", { id: "level", onchange: (event) => { level = event.target.value; load(); } },
    levels.map((name) => h("option", { value: name, selected: name === level }, t(`level.${name}`))));
  parts.follow = h("input", { type: "checkbox", role: "switch", checked: following, onchange: (event) => { following = event.target.checked; toEnd(); } });
  parts.none = h("p", { class: "quiet", hidden: true }, t("log_none"));
  // Whoever scrolls up wants to read, and at the end to follow again.
  let top = 0;
  parts.lines.addEventListener("scroll", () => {
    const { scrollTop, scrollHeight, clientHeight } = parts.lines;
    if (scrollHeight - scrollTop - clientHeight < 24) following = true;
    else if (scrollTop < top) following = false;
    top = scrollTop;
    parts.follow.checked = following;
  });
  new ResizeObserver(toEnd).observe(parts.lines);
  root.append(
    h("div", { class: "row between" },
      h("div", { class: "row" }, h("label", { htmlFor: "level" }, t("level.label")), parts.level, h("label", { class: "switch" }, parts.follow, h("span", {}, t("follow")))),
      button(t("menu.logs"), (event) => act({ action: "open_logs" }, event.currentTarget))),
    parts.none, parts.lines);
  if (loaded) load();
}

export function see(message) {
  if (message.type === "log" && loaded) add(message.lines);
}

export const shown = load;

async function load() {
  try {
    const { lines } = await ask(`/api/log?level=${level}`);
    loaded = true;
    parts.lines.replaceChildren();
    add(lines);
  } catch { /* what is there stays */ }
}

const rank = (name) => levels.indexOf(String(name).toLowerCase());

function add(lines) {
  parts.lines.append(...lines.filter((line) => rank(line.level) < 0 || rank(line.level) >= rank(level)).map(item));
  while (parts.lines.childElementCount > most) parts.lines.firstElementChild.remove();
  parts.none.hidden = parts.lines.childElementCount > 0;
  toEnd();
}

function item(line) {
  const name = levels[rank(line.level)] ?? "info";
  return h("li", { class: name }, h("time", { dateTime: line.at }, moment(Date.parse(line.at))), h("span", { class: "level" }, t(`level.${name}`)), h("span", { class: "text" }, line.text));
}

function toEnd() {
  if (following) parts.lines.scrollTop = parts.lines.scrollHeight;
}
