// What the checks find, each with what can be done about it, and a first
// reconnect: on a fresh install, the list of what is left to do.
import { Closed, lines } from "./api.js";
import { Refused, file, folder, load, save } from "./config.js";
import { button, h, many, newID, show, sign, swap, t } from "./dom.js";
import { act, confirm, tell } from "./notices.js";
import { password } from "./password.js";

const again = 15_000; // between two looks while something is left to do

let checks = new Map(); // by id, in the app's order
let summary = "";
let running = null; // what ends the checks that run
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
  parts.run = button(t("check_again"), () => {
    if (!running || !loud) return look(true);
    asked = false;
    running.abort();
  });
  parts.left = h("ul", { class: "checks" });
  parts.done = h("ul", { class: "checks" });
  parts.leftTitle = h("h2", {}, t("left"));
  parts.doneTitle = h("h2", {}, t("done"));
  parts.overflow = h("p", { hidden: true }, t("overflow_help"));
  root.append(
    h("article", { class: "card row between summary" }, h("div", { class: "row" }, parts.sign, h("div", {}, parts.head, parts.detail, parts.overflow)), parts.run, parts.bar),
    parts.leftTitle, parts.left, parts.doneTitle, parts.done);
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
  if (message.type === "settings" && visible()) look();
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
  running = new AbortController();
  const found = new Map();
  render();
  try {
    await lines("/api/checks", {}, running.signal, (line) => {
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
    if (error.name !== "AbortError" && !(error instanceof Closed)) tell(t("not_done"), true);
  }
  running = null;
  loud &&= asked;
  render();
  if (asked) {
    asked = false;
    look();
  }
}

// steps are the checks, and the reconnect that nobody has tried yet.
function steps() {
  const all = [...checks.values()];
  if (now && checks.size) {
    const { known, joined, text } = now.last;
    all.push({ id: "first_reconnect", level: joined ? "ok" : "warning", title: t("first_reconnect"), text, advice: joined ? "" : t("first_reconnect_do"), action: known && joined ? "" : "reconnect" });
  }
  return all;
}

const left = () => steps().filter((step) => step.level !== "ok");

function render() {
  const todo = left();
  const done = steps().filter((step) => step.level === "ok");
  const well = checks.size > 0 && summary && !todo.length;
  const kind = !checks.size ? "wait" : well ? "ok" : todo.some((step) => step.level === "failure") ? "failure" : todo.length ? "warning" : "wait";
  swap(parts.sign, kind, () => [sign(kind)]);
  show(parts.head, well ? summary : todo.length ? many("steps_left", todo.length) : t("checking"));
  show(parts.detail, loud ? t("checking") : checks.size ? many("steps_done", done.length) : "");
  parts.overflow.hidden = !(well && navigator.userAgent.includes("Windows"));
  parts.bar.hidden = !loud;
  show(parts.run, loud ? t("stop") : t("check_again"));
  parts.leftTitle.hidden = !todo.length;
  parts.doneTitle.hidden = !done.length;
  list(parts.left, todo);
  list(parts.done, done);
}

// list keeps the items that are the same, with what is being typed in them.
function list(root, all) {
  const old = new Map([...root.children].map((item) => [item.dataset.key, item]));
  const next = all.map((step) => {
    const key = JSON.stringify([step, now?.profile]);
    return old.get(key) ?? old.get([...old.keys()].find((k) => item(k) === step.id && old.get(k).contains(document.activeElement)) ?? "") ?? draw(step, key);
  });
  if (next.length !== root.children.length || next.some((item, i) => item !== root.children[i])) root.replaceChildren(...next);
}

const item = (key) => JSON.parse(key)[0].id;

function draw(step, key) {
  const title = h("h3", { id: newID() }, step.title ?? step.id);
  const li = h("li", { class: `card check ${step.level}`, "aria-labelledby": title.id },
    sign(step.level), h("div", { class: "grow" },
      h("div", { class: "row" }, title, h("span", { class: "badge" }, t(`badge.${step.level}`))),
      h("p", {}, step.text), step.advice && h("p", { class: "advice" }, step.advice), ...remedy(step)));
  li.dataset.key = key;
  return li;
}

// remedy is what can be done about a step.
function remedy(step) {
  const go = (label, action, ask) => [button(label, async (event) => {
    const clicked = event.currentTarget;
    if (ask && !(await confirm(ask, label))) return;
    if (await act(action, clicked)) look();
  }, { class: "primary" })];
  switch (step.action) {
    case "reconnect": return go(t("menu.reconnect"), { action: "reconnect" });
    case "switch_debug_on": return go(t("menu.debug_on"), { action: "switch_debug_on" }, t("debug_confirm"));
    case "start_client": return go(t("menu.start"), { action: "start_client" });
    case "open_settings": return go(t("menu.settings"), { action: "open_settings" });
    case "take_password":
    case "set_password": return now ? [password(now.profile, true, look, step.action === "take_password")] : [];
    case "choose_folder": return [folderForm(step.id === "client_folder" ? "client" : "server")];
  }
  return [];
}

// folderForm chooses a folder in the system's dialog, or takes one that is typed.
function folderForm(what) {
  const id = newID();
  const input = h("input", { type: "text", id, required: true, autocomplete: "off", spellcheck: false });
  const wrong = h("p", { class: "wrong", role: "alert" });
  const keep = async () => {
    try {
      await load();
      const value = input.value.trim();
      const active = file.profiles.find((profile) => profile.active).name;
      const came = await save(what === "client" ? { set: { key: "client.folder", value } } : { profile: { set: active, key: "folder", value } });
      show(wrong, came.conflict ? t("conflict", { what: value }) : came.error ?? "");
      if (came.ok) {
        input.blur();
        look();
      }
    } catch {
      show(wrong, t("not_done"));
    }
  };
  const choose = button(t("choose"), async () => {
    choose.setAttribute("aria-busy", "true");
    try {
      const chosen = await folder(what);
      if (chosen) {
        input.value = chosen;
        await keep();
      }
    } catch (error) {
      show(wrong, error instanceof Refused ? error.message : t("not_done"));
    }
    choose.removeAttribute("aria-busy");
  }, { class: "primary" });
  return h("form", { onsubmit: (event) => { event.preventDefault(); keep(); } },
    h("label", { htmlFor: id }, t(`folder.${what}`)), h("div", { class: "row" }, choose, input, h("button", { type: "submit" }, t("store"))), wrong);
}
