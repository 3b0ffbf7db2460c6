// The page: it lets itself in, shows its sections and follows the stream.
import { Closed, ask, enter, follow, takeCode } from "./api.js";
import { h, icon, language, setTexts, show, swap, t } from "./dom.js";
import { banner, mountNotices } from "./notices.js";
import * as log from "./log.js";
import * as now from "./now.js";
import * as settings from "./settings.js";
import * as setup from "./setup.js";
import * as timeline from "./timeline.js";

// A section has mount(root), which builds it anew, and may have see(message), for
// the stream, and shown(), which is called when the user comes to it.
const sections = { now, timeline, setup, settings, log };
const byID = (id) => document.getElementById(id);
const current = () => (location.hash.slice(1) in sections ? location.hash.slice(1) : "now");
let latest; // the newest "now" of the stream

let loading = false;

async function loadTexts() {
  if (loading) return;
  loading = true;
  try {
    setTexts(await ask("/api/texts"));
  } finally {
    loading = false;
  }
  const at = current();
  const focused = document.activeElement?.closest?.("nav a")?.hash;
  show(byID("skip"), t("skip"));
  byID("nav").setAttribute("aria-label", t("sections"));
  byID("nav").replaceChildren(...Object.keys(sections).map((name) => h("a", { href: `#${name}` }, t(`section.${name}`))));
  byID("main").replaceChildren(...Object.entries(sections).map(([name, section]) => {
    const title = h("h1", { id: `title-${name}`, tabIndex: -1 }, t(`section.${name}`));
    const root = h("div", { class: "body" });
    section.mount(root);
    return h("section", { class: name, hidden: name !== at, "aria-labelledby": title.id }, title, root);
  }));
  if (latest) for (const section of Object.values(sections)) section.see?.(latest);
  turn();
  if (focused) document.querySelector(`nav a[href="${focused}"]`)?.focus();
}

// turn shows the section that the address names.
function turn() {
  const name = current();
  for (const link of byID("nav").children) {
    if (link.hash === `#${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  for (const section of byID("main").children) section.hidden = !section.classList.contains(name);
  document.querySelector("nav a[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  sections[name].shown?.();
}

async function moved() {
  const code = takeCode();
  if (code) {
    await enter(code);
    location.reload();
  }
  turn();
  byID(`title-${current()}`)?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function see(message) {
  if (message.type === "now") {
    glance(message);
    // The language may have changed while nothing was heard.
    if (message.language !== language) loadTexts().catch(() => {}); // the next message tries again
  }
  for (const section of Object.values(sections)) section.see?.(message);
}

// glance is what stands above every section, in the tab and in the ear.
function glance(message) {
  const said = `alt:V: ${message.client.text}. ${t("server.row", { state: message.server.text })}`;
  if (latest?.client.icon !== message.client.icon) byID("favicon").href = `/icons/${message.client.icon}.svg`;
  document.title = `${message.client.text} · altv-tray`;
  swap(byID("glance"), message.client.icon + message.client.text, () => [icon(message.client.icon, 20), h("span", {}, message.client.text)]);
  show(byID("spoken"), said);
  banner("problem", message.problem);
  latest = message;
}

let failures = 0;

// told is called with each message of the stream, and with the error when it
// ends. One that only breaks is taken up again before anybody reads of it.
function told(problem) {
  if (problem instanceof Closed) return close();
  const missed = !problem && failures;
  failures = problem ? failures + 1 : 0;
  if (missed) sections[current()].shown?.();
  document.documentElement.classList.toggle("away", failures > 1);
  banner("away", failures > 1 ? t("away") : "");
}

function close() {
  for (const id of ["top", "main", "notices"]) byID(id).hidden = true;
  const closed = byID("closed");
  const wanted = navigator.languages.map((language) => language.slice(0, 2));
  const all = [...closed.querySelectorAll("section")];
  const best = wanted.map((language) => all.find((section) => section.lang.startsWith(language))).find(Boolean) ?? all[0];
  for (const section of all) section.hidden = section !== best;
  document.documentElement.lang = best.lang;
  closed.hidden = false;
}

async function start() {
  const code = takeCode();
  if (code) await enter(code);
  mountNotices(byID("notices"));
  const ready = loadTexts().then(() => (byID("top").hidden = byID("main").hidden = false));
  addEventListener("hashchange", moved);
  byID("skip").addEventListener("click", (event) => {
    event.preventDefault();
    byID("main").focus();
  });
  await Promise.all([ready, follow((message) => ready.then(() => see(message), () => {}), told)]);
}

start().catch(close);
