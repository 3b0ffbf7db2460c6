// The page: it lets itself in, shows its sections and follows the stream.
import { Closed, ask, enter, follow, start, takeCode } from "./api.js";
import { h, icon, language, painted, setTexts, show, swap, t } from "./dom.js";
import { banner, mountNotices, narrate } from "./notices.js";

// A section is a module of its own, loaded when it is needed, and the others once
// the first picture is there. It has mount(root), which builds it anew, and may
// have see(message), for the stream, and shown(), which is called when the user
// comes to it.
const names = ["now", "timeline", "setup", "settings", "log"];
const sections = {}; // those that are loaded
const byID = (id) => document.getElementById(id);
const current = () => (names.includes(location.hash.slice(1)) ? location.hash.slice(1) : "now");
let latest; // the newest "now" of the stream

let loading = false;

async function load(asked) {
  if (loading) return;
  loading = true;
  try {
    const { now, ...texts } = await asked;
    setTexts(texts);
    glance(now);
  } finally {
    loading = false;
  }
  const at = current();
  show(byID("skip"), t("skip"));
  byID("nav").setAttribute("aria-label", t("sections"));
  byID("nav").replaceChildren(...names.map((name) => h("a", { href: `#${name}` }, t(`section.${name}`))));
  byID("main").replaceChildren(...names.map((name) => {
    const title = h("h1", { id: `title-${name}`, tabIndex: -1 }, t(`section.${name}`));
    return h("section", { id: name, class: name, hidden: name !== at, "aria-labelledby": title.id }, title, h("div", { class: "body" }));
  }));
  Object.keys(sections).forEach(mount);
  await turn();
}

function mount(name) {
  sections[name].mount(document.querySelector(`#main > .${name} > .body`));
  if (latest) sections[name].see?.(latest);
}

async function bring(name) {
  const section = await import(`./${name}.js`);
  if (sections[name]) return;
  sections[name] = section;
  mount(name);
}

// turn shows the section that the address names.
async function turn() {
  const name = current();
  for (const link of byID("nav").children) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  for (const section of byID("main").children) section.hidden = !section.classList.contains(name);
  await bring(name);
  sections[name].shown?.();
}

async function moved() {
  const code = takeCode();
  if (code) {
    await enter(code);
    location.reload();
  }
  turn().catch(() => {}); // the app does not answer, which the page says
  byID(`title-${current()}`)?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function see(message) {
  if (message.type === "now") {
    glance(message);
    // The language may have changed while nothing was heard.
    if (message.language !== language) load(ask("/api/start")).catch(() => {}); // the next message tries again
  }
  for (const section of Object.values(sections)) section.see?.(message);
}

// glance is what stands above every section, in the tab and in the ear.
function glance(message) {
  const said = `alt:V: ${message.client.text}. ${t("server.row", { state: message.server.text })}`;
  const sign = message.overlay === "none" ? "" : `+overlay_${message.overlay}`;
  const favicon = `/icons/${message.client.icon}${sign}.svg`;
  if (byID("favicon").getAttribute("href") !== favicon) byID("favicon").href = favicon;
  document.title = `${message.client.text} · altv-tray`;
  swap(byID("glance"), message.client.icon + message.client.text, () => [icon(message.client.icon, 20), h("span", {}, message.client.text)]);
  show(byID("spoken"), said);
  banner("problem", message.problem);
  narrate(message.story);
  document.documentElement.classList.toggle("none-stored", !message.stored);
  latest = message;
}

let failures = 0;

// told is called with each message of the stream, and with the error when it
// ends. One that only breaks is taken up again before anybody reads of it.
function told(problem) {
  if (problem instanceof Closed) return close();
  const missed = !problem && failures;
  failures = problem ? failures + 1 : 0;
  if (missed) turn().catch(() => {});
  document.documentElement.classList.toggle("away", failures > 1);
  banner("away", failures > 1 ? t("away") : "");
  if (failures > 1) ended();
}

// ended takes away what looks like an app that lives.
function ended() {
  document.title = `${t("ended")} · altv-tray`;
  byID("favicon").href = "/icons/not_running.svg";
  swap(byID("glance"), "", () => [h("span", {}, t("ended"))]);
}

function close() {
  document.title = "altv-tray";
  for (const id of ["top", "main", "lasting", "notices"]) byID(id).hidden = true;
  const closed = byID("closed");
  const wanted = navigator.languages.map((language) => language.slice(0, 2));
  const all = [...closed.querySelectorAll("section")];
  const best = wanted.map((language) => all.find((section) => section.lang.startsWith(language))).find(Boolean) ?? all[0];
  for (const section of all) section.hidden = section !== best;
  document.documentElement.lang = best.lang;
  closed.hidden = false;
}

async function run() {
  mountNotices(byID("notices"), byID("lasting"));
  addEventListener("hashchange", moved);
  byID("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byID("main").focus();
  });
  const first = import(`./${current()}.js`); // at the same time as the texts
  first.catch(() => {}); // load says so
  await load(start);
  byID("top").hidden = byID("main").hidden = false;
  painted.then(() => names.forEach((name) => bring(name).catch(() => {})));
  await follow(see, told);
}

run().catch(close);
