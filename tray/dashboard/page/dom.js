// Elements and texts. Everything that is shown goes through textContent or an
// attribute: nothing that comes from a log, a status word or a file is HTML.

// h makes an element. Of its properties, those that begin with "on" are
// listeners, those that the element has are set, and the others are attributes;
// undefined and null are left out.
export function h(name, properties = {}, ...children) {
  return fill(document.createElement(name), properties, children);
}

// svg makes an SVG element.
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) if (value != null) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function fill(element, properties, children) {
  for (const [key, value] of Object.entries(properties)) {
    if (value == null) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && !key.startsWith("aria")) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

// show sets a text, only where it differs: a live region speaks at each change.
export function show(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// swap gives an element other children, only where the key has changed: a
// picture that is made anew flickers.
export function swap(element, key, make) {
  if (element.dataset.key === key) return;
  element.dataset.key = key;
  element.replaceChildren(...make());
}

let count = 0;

// newID returns an id that no element has.
export const newID = () => `e${++count}`;

export function button(label, click, more = {}) {
  return h("button", { type: "button", onclick: click, ...more }, label);
}

// icon is one of the app's own pictures, which says nothing that the text beside
// it does not.
export function icon(name, size) {
  return h("img", { src: `/icons/${name}.svg`, alt: "", width: size, height: size });
}

// sign is a small picture for how a thing stands: ok, warning, failure, wait or
// none. Its shape tells it, not its colour alone.
export function sign(kind) {
  const shapes = {
    ok: "M5 10.5 8.5 14 15 6.5",
    warning: "M10 5V11M10 14V14.5",
    failure: "M6.5 6.5 13.5 13.5M13.5 6.5 6.5 13.5",
    wait: "M10 5V10L13 12",
    none: "M6 10H14",
  };
  return svg("svg", { class: `sign sign-${kind}`, viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" },
    kind === "warning" ? svg("path", { d: "M10 1 19.5 18H.5Z" }) : svg("circle", { cx: 10, cy: 10, r: 9.5 }),
    svg("path", { class: "stroke", d: shapes[kind], transform: kind === "warning" ? "translate(0 1.5)" : null }));
}

// painted comes once the first picture is on the screen: what can wait for it, waits.
// The very first paint may have nothing but the background.
export const painted = new Promise((resolve) => new PerformanceObserver((paints) => {
  if (paints.getEntriesByName("first-contentful-paint").length) resolve();
}).observe({ type: "paint", buffered: true }));

let texts = {};
export let language = "en";
let region = "en"; // the language as the user's system writes times and numbers

export function setTexts(answer) {
  ({ texts, language } = answer);
  document.documentElement.lang = language;
  region = navigator.languages.find((one) => one.startsWith(`${language.slice(0, 2)}-`)) ?? language;
}

export const has = (key) => `dashboard.${key}` in texts || key in texts;

// t is the text of a key, of the page's own ones or of the menu's and others,
// with what stands in braces filled in.
export function t(key, values = {}) {
  const text = texts[`dashboard.${key}`] ?? texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// many is a text that depends on a number.
export function many(key, n, values = {}) {
  const form = new Intl.PluralRules(language).select(n);
  return t(has(`${key}.${form}`) ? `${key}.${form}` : `${key}.other`, { n: number(n), ...values });
}

export const number = (n, digits = 0) => format(Intl.NumberFormat, { maximumFractionDigits: digits }, n);

const formats = new Map();

// format keeps the formatters, which are costly to make.
function format(kind, options, value) {
  const key = region + kind.name + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new kind(region, options));
  return formats.get(key).format(value);
}

export const clock = (at) => format(Intl.DateTimeFormat, { timeStyle: "medium" }, at);
export const hour = (at) => format(Intl.DateTimeFormat, { timeStyle: "short" }, at);
export const day = (at) => format(Intl.DateTimeFormat, { weekday: "short", day: "numeric", month: "short" }, at);
const dateAndTime = (at) => format(Intl.DateTimeFormat, { dateStyle: "medium", timeStyle: "medium" }, at);

// moment is a time, with its day where that is not today.
export const moment = (at) => (new Date(at).toDateString() === new Date().toDateString() ? clock(at) : dateAndTime(at));

// lasting is a duration as the app tells it in its menu; below ten seconds with a
// tenth.
export function lasting(seconds) {
  if (seconds < 9.95) return t("duration.seconds", { s: number(seconds, 1) });
  const s = Math.round(seconds);
  const m = Math.floor(s / 60);
  if (s < 60) return t("duration.seconds", { s });
  if (s < 3600) return s % 60 ? t("duration.minutes_seconds", { m, s: s % 60 }) : t("duration.minutes", { m });
  return m % 60 ? t("duration.hours_minutes", { h: number(Math.floor(m / 60)), m: m % 60 }) : t("duration.hours", { h: number(m / 60) });
}
