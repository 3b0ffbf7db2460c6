// What the checks find, each with what can be done about it, and a first
// reconnect: on a fresh install, the list of what is left to do.
import { Closed, lines } from "./api.js";
import { chooser, file, load, save } from "./config.js";
import { button, h, many, newID, show, sign, swap, t } from "./dom.js";
import { act, confirm, starting, tell } from "./notices.js";
import { password } from "./password.js";

const again = 15_000; // between two looks while something is left to do

let checks = new Map(); // by id
let summary = "";
let running = false;
let asked = false; // for another look when this one is over
let loud = false; // the checks that run are shown to run: the user waits for them
let now;
let looked = ""; // what "now" was at the newest look
let parts;

setInterval(() => visible() && !running && left().length && look(), again);
document.addEventListener("visibilitychange", () => visible() && look());

const visible = () => parts?.head.checkVisibility() && !document.hidden;

export function mount(root) {
  parts = { head: h("p", { class: "big", role: "status" }), sign: h("span"), detail: h("p", { class: "quiet" }), bar: h("progress", { "aria-label": t("checking"), hidden: true }) };
  parts.run = button(t("check_again"), () => look(true));
  parts.steps = h("ol", { class: "checks steps" });
  parts.others = h("ul", { class: "checks" });
  parts.stepsTitle = h("h2", {}, t("steps"));
  parts.othersTitle = h("h2", {}, t("others"));
  parts.overflow = h("p", { hidden: true }, t("overflow_help"));
  root.append(
    h("article", { class: "card row between summary" }, h("div", { class: "row" }, parts.sign, h("div", {}, parts.head, parts.detail, parts.overflow)), parts.run, parts.bar),
    parts.stepsTitle, parts.steps, parts.othersTitle, parts.others);
  render();
}

export function see(message) {
  if (message.type === "now") {
    now = message;
    render();
    const key = [now.client.state, now.server.state, now.profile, now.last.text].join();
    if (key !== looked && visible()) {
      looked = key;
      look();
    }
  }
  if ((message.type === "settings" || message.type === "around") && visible()) look();
}

export const shown = () => look(!checks.size);

// look runs the checks. They go on when the user leaves the section. Those that
// nobody asked for run silently.
async function look(wanted = false) {
  loud ||= wanted;
  if (running) {
    asked = true;
    return render();
  }
  running = true;
  const found = new Map();
  render();
  try {
    await lines("/api/checks", {}, (line) => {
      if (line.check) {
        found.set(line.check.id, line.check);
        checks.set(line.check.id, line.check);
      } else if (line.done) {
        checks = found;
        ({ summary } = line);
      }
      render();
    });
  } catch (error) {
    if (!(error instanceof Closed)) tell(t("not_done"), true);
  }
  running = false;
  loud &&= asked;
  render();
  if (asked) {
    asked = false;
    look();
  }
}

// steps are the checks, in the app's order, and the first reconnect.
function steps() {
  const all = [...checks.values()].sort((a, b) => a.place - b.place)
    .map((step) => (step.action === "start_client" && starting() ? { ...step, text: t("starting"), advice: "", action: "", busy: true } : step));
  return now && checks.size ? [...all, reconnect()] : all;
}

function reconnect() {
  const { joined, text } = now.last;
  const { phase, enabled } = now.reconnect;
  const busy = phase !== "none";
  const open = !joined && !busy;
  return { id: "first_reconnect", step: Infinity, level: joined ? "ok" : "warning", title: t("first_reconnect"), text: busy ? t(`phase.${phase}`) : text,
    advice: open ? t("first_reconnect_do") : "", action: open ? "reconnect" : "", off: !enabled, busy };
}

const well = (step) => step.level === "ok";
// The demo has nothing that its user should do.
const left = () => (now?.story ? [] : steps().filter((step) => !well(step)));

function render() {
  const all = steps();
  const todo = left();
  const done = all.filter(well);
  const over = checks.size > 0 && summary && !todo.length;
  const kind = !checks.size ? "wait" : over ? (done.length < all.length ? "warning" : "ok") : todo.some((step) => step.level === "failure") ? "failure" : todo.length ? "warning" : "wait";
  swap(parts.sign, kind, () => [sign(kind)]);
  show(parts.head, over ? summary : todo.length ? many("steps_left", todo.length) : t("checking"));
  show(parts.detail, [loud && t("checking"), all.length && many("steps_done", done.length)].filter(Boolean).join(" "));
  parts.overflow.hidden = !(over && navigator.userAgent.includes("Windows"));
  parts.bar.hidden = !loud;
  parts.run.disabled = loud;
  const first = all.filter((step) => step.step).sort((a, b) => a.step - b.step);
  const others = all.filter((step) => !step.step).sort((a, b) => well(a) - well(b));
  parts.stepsTitle.hidden = !first.length;
  parts.othersTitle.hidden = !others.length;
  list(parts.steps, first);
  list(parts.others, others);
}

// list keeps the items that are the same, and one in which something is being
// typed. The focus stays in an item that is drawn anew.
function list(root, all) {
  const old = [...root.children];
  const held = old.find((item) => item.contains(document.activeElement));
  const typing = document.activeElement.matches("input");
  const next = all.map((step) => {
    const key = JSON.stringify([step, now?.profile]);
    return old.find((item) => item.dataset.key === key || (typing && item === held && item.dataset.id === step.id)) ?? draw(step, key);
  });
  if (next.length === old.length && next.every((item, i) => item === old[i])) return;
  root.replaceChildren(...next);
  const again = held && next.find((item) => item.dataset.id === held.dataset.id);
  (again?.querySelector("button:enabled") ?? again?.querySelector("h3"))?.focus({ preventScroll: true });
}

function draw(step, key) {
  const title = h("h3", { id: newID(), tabIndex: -1 }, step.title ?? step.id);
  const li = h("li", { class: `card check ${step.level}`, "aria-labelledby": title.id },
    sign(step.level), h("div", { class: "grow" },
      h("div", { class: "row" }, title, h("span", { class: "badge" }, t(`badge.${step.level}`))),
      h("p", {}, step.text), step.advice && h("p", { class: "advice" }, step.advice),
      step.busy && h("progress", { "aria-label": step.text }), ...remedy(step)));
  Object.assign(li.dataset, { key, id: step.id });
  return li;
}

// remedy is what can be done about a step.
function remedy(step) {
  const go = (label, action, ask) => [button(label, async (event) => {
    const clicked = event.currentTarget;
    if (ask && !(await confirm(ask, label))) return;
    if (await act(action, clicked)) look();
    render();
  }, { class: "primary", disabled: Boolean(step.off) })];
  switch (step.action) {
    case "reconnect": return go(t("menu.reconnect"), { action: "reconnect" });
    case "switch_debug_on": return go(t("menu.debug_on"), { action: "switch_debug_on" }, t("debug_confirm"));
    case "switch_server_debug_on": return go(t("menu.debug_on"), { action: "switch_server_debug_on" }, t("server_debug_confirm"));
    case "use_keyring": return [keyringButton()];
    case "start_client": return go(t("menu.start"), { action: "start_client" });
    case "open_settings": return go(t("menu.settings"), { action: "open_settings" });
    case "take_password":
    case "set_password": return now ? [password(now.profile, true, look, step.action === "take_password")] : [];
    case "use_server_folder": return go(t("folder_use"), { action: "use_server_folder" });
    case "choose_folder": return [folderForm(step.id === "client_folder" ? "client" : "server")];
  }
  return [];
}

// keep changes a key of the profile in use, or of the settings. It returns what is
// wrong; empty where nothing is.
async function keep(set, value, profile) {
  try {
    await load();
    const active = file.profiles.find((one) => one.active).name;
    const came = await save(profile ? { set: active, profileKey: set, value } : { key: set, value });
    if (came.ok) look();
    return came.conflict ? t("conflict", { what: value }) : came.error ?? "";
  } catch {
    return t("not_done");
  }
}

// keyringButton has the profile in use keep its password in the keyring.
const keyringButton = () => button(t("use_keyring"), async () => {
  const wrong = await keep("password", "keyring", true);
  if (wrong) tell(wrong, true);
}, { class: "primary" });

// folderForm chooses a folder in the system's dialog, or takes one that is typed.
function folderForm(what) {
  const id = newID();
  const input = h("input", { type: "text", id, required: true, autocomplete: "off", spellcheck: false });
  const wrong = h("p", { class: "wrong", role: "alert" });
  const store = async () => {
    input.blur();
    show(wrong, await (what === "client" ? keep("client.folder", input.value.trim()) : keep("folder", input.value.trim(), true)));
  };
  const choose = chooser(what, input, store, (text) => show(wrong, text), { class: "primary" });
  return h("form", { onsubmit: (event) => { event.preventDefault(); store(); } },
    h("label", { htmlFor: id }, t(`folder.${what}`)), h("div", { class: "row" }, choose, input, h("button", { type: "submit" }, t("store"))), wrong);
}
