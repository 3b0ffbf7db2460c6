// What is so now, and the switches of the menu.
import { button, h, icon, lasting, moment, painted, show, sign, svg, swap, t } from "./dom.js";
import { act, starting } from "./notices.js";

let parts;
let now;
let timed = false; // the first time in words takes the browser longer than all the rest
setInterval(() => now && !document.hidden && see(now), 5000);

const pauses = { 15: "menu.pause_15", 60: "menu.pause_60", 0: "menu.pause_forever" };

export function mount(root) {
  const state = (name, label) => {
    const p = { icon: h("span", { class: "icon" }), text: h("p", { class: "big" }), since: h("p", { class: "quiet" }) };
    p.card = h("article", { class: `card state ${name}` }, p.icon, h("div", {}, h("h2", {}, label), p.text, p.since));
    return p;
  };
  parts = { client: state("client", "alt:V"), server: state("server", t("server_name")) };
  parts.go = button("", () => act(now.reconnect.action === "cancel" ? { action: "cancel", job: now.reconnect.job } : { action: "reconnect" }), { class: "primary large", id: "go" });
  parts.start = button(t("menu.start"), (event) => act({ action: "start_client" }, event.currentTarget).then(() => see(now)), { class: "large" });
  parts.phase = h("p", { class: "quiet" });
  parts.bar = h("progress", { "aria-label": t("reconnect_progress") });
  parts.last = h("p", { class: "last" });
  parts.password = h("div", { class: "form" });
  // A switch that was refused goes back at once.
  const flip = (action, more) => h("input", { type: "checkbox", role: "switch", ...more, onchange: async (event) => (await act({ action, on: event.target.checked })) || see(now) });
  parts.automatic = flip("automatic", { id: "automatic" });
  parts.autostart = flip("autostart");
  parts.autostartLabel = h("label", { class: "switch" }, parts.autostart, h("span", {}, t("menu.autostart")));
  parts.pauseText = h("p", { class: "quiet" });
  parts.pauses = h("div", { class: "row", role: "group", "aria-label": t("menu.pause") },
    [15, 60, 0].map((minutes) => button(t(pauses[minutes]), () => act({ action: "pause", minutes }))));
  parts.resume = button(t("menu.resume"), () => act({ action: "resume" }), { class: "primary" });
  parts.profile = h("select", { id: "profile", onchange: (event) => act({ action: "use_profile", name: event.target.value }) });
  parts.version = h("p", { class: "quiet version" });
  root.append(
    h("div", { class: "states" }, parts.client.card, parts.server.card),
    h("article", { class: "card reconnect" },
      h("div", { class: "grow" }, h("h2", {}, t("reconnect")), parts.last, parts.password, parts.phase, parts.bar),
      h("div", { class: "row" }, parts.start, parts.go)),
    h("div", { class: "states" },
      h("article", { class: "card" },
        h("h2", {}, t("by_itself")),
        h("label", { class: "switch" }, parts.automatic, h("span", {}, t("menu.automatic"))),
        h("p", { class: "quiet" }, t("automatic_help")),
        parts.autostartLabel,
        h("h3", {}, t("menu.pause")), parts.pauseText, parts.pauses, parts.resume),
      h("article", { class: "card" },
        h("h2", {}, t("menu.profile")),
        h("label", { class: "unseen", htmlFor: "profile" }, t("menu.profile")), parts.profile,
        h("p", { class: "quiet" }, t("profile_help")), h("p", {}, h("a", { href: "#settings" }, t("profiles_edit"))))),
    parts.version);
}

export function see(message) {
  if (message.type !== "now") return;
  now = message;
  const { client, server, reconnect, last } = now;
  show(parts.client.text, client.text);
  swap(parts.client.icon, `${client.icon} ${now.overlay}`, () => [icon(client.icon, 64), ...overlay(now.overlay)]);
  show(parts.server.text, server.text);
  swap(parts.server.icon, server.state, () => [serverSign(server.state)]);
  show(parts.last, last.text);
  parts.last.className = last.known ? (last.joined ? "last good" : "last bad") : "last";
  show(parts.go, reconnect.label);
  parts.go.disabled = !reconnect.enabled;
  parts.go.classList.toggle("primary", reconnect.action !== "cancel");
  const starts = now.can_start && starting();
  parts.start.hidden = !now.can_start || starts;
  const under = reconnect.phase !== "none";
  const attempt = reconnect.attempt > 1 ? ` · ${t("state.attempt", { n: reconnect.attempt, of: reconnect.attempts })}` : "";
  show(parts.phase, under ? t(`phase.${reconnect.phase}`) + attempt : starts ? t("starting") : "");
  parts.phase.hidden = parts.bar.hidden = !under && !starts;
  parts.automatic.checked = now.automatic;
  parts.autostart.checked = now.autostart;
  parts.autostartLabel.hidden = Boolean(now.story); // the demo leaves the user's own alone
  parts.password.hidden = !last.password;
  if (last.password) import("./password.js").then(({ password }) => swap(parts.password, now.profile, () => [password(now.profile, true)]), () => {});
  show(parts.pauseText, now.paused ? now.paused_text : t("pause_help"));
  parts.pauses.hidden = now.paused;
  parts.resume.hidden = !now.paused;
  swap(parts.profile, JSON.stringify(now.profiles), () => now.profiles.map((name) => h("option", { value: name }, name)));
  parts.profile.value = now.profile;
  show(parts.version, `altv-tray ${now.version}`);
  if (timed) times();
  else painted.then(times);
}

// times says since when, which goes on by itself.
function times() {
  timed = true;
  for (const side of ["client", "server"]) {
    const since = Date.parse(now[side].since);
    const seconds = Math.floor((Date.now() - since) / 1000);
    const long = seconds < 60 ? t("just_now") : lasting(seconds - (seconds % 60));
    show(parts[side].since, since > 0 ? t("since", { time: moment(since), long }) : "");
  }
}

function overlay(name) {
  return name === "none" ? [] : [Object.assign(icon(`overlay_${name}`, 64), { className: "overlay" })];
}

// serverSign is a rack of two units with the sign of how it is.
function serverSign(state) {
  const kind = { ready: "ok", starting: "wait", down: "failure" }[state] ?? "none";
  const unit = (y) => svg("path", { class: "rack", d: `M4 ${y}h56a4 4 0 0 1 4 4v16a4 4 0 0 1-4 4H4a4 4 0 0 1-4-4v-16a4 4 0 0 1 4-4ZM10 ${y + 10}v4h12v-4Z`, "fill-rule": "evenodd" });
  return h("span", { class: "server-sign" }, svg("svg", { viewBox: "0 0 64 64", width: 64, height: 64, "aria-hidden": "true" }, unit(6), unit(34)), sign(kind));
}
