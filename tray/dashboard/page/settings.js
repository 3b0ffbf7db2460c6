// Every key of the settings file, and the profiles.
import { file, load, save } from "./config.js";
import { button, h, newID, show, t } from "./dom.js";
import { act, confirm, tell } from "./notices.js";
import { password } from "./password.js";
import { field } from "./field.js";
import { see as seeHotkey } from "./hotkey.js";

const hidden = ["schema", "profile"]; // the file's format; the profile in use is chosen below

let parts;
let fields; // by what they are: "client.address", "profile default folder"
let shape; // of what is drawn: which keys and profiles there are

export function mount(root) {
  parts = { groups: h("div", { class: "groups" }), profiles: h("div", { class: "groups" }), file: h("p", { class: "quiet file" }) };
  shape = "";
  root.append(
    h("div", { class: "row between" }, parts.file, button(t("menu.settings"), (event) => act({ action: "open_settings" }, event.currentTarget))),
    parts.groups, h("h2", { class: "above" }, t("profiles")), h("p", { class: "quiet" }, t("profile_help")), parts.profiles, adder());
  if (file) render();
}

export function see(message) {
  seeHotkey(message);
  if (message.type === "settings" && parts.file.checkVisibility()) shown();
}

export async function shown() {
  try {
    await load();
    render();
  } catch { /* what is there stays */ }
}

// keep makes one change, and shows what the file says now where another has
// changed it.
async function keep(change, what) {
  const came = await save(change);
  if (came.conflict) {
    tell(t("conflict", { what }), true);
    render(true);
  } else if (came.ok) {
    await load();
    render();
  }
  return came;
}

function render(force = false) {
  show(parts.file, file.file);
  const next = JSON.stringify([file.keys.map((key) => key.key), file.profiles.map((p) => [p.name, p.active])]);
  if (next !== shape) {
    const focused = document.activeElement?.id;
    shape = next;
    build();
    document.getElementById(focused)?.focus();
    return;
  }
  const each = (name, key) => fields.get(name)?.set(key.value, force);
  for (const key of file.keys) each(key.key, key);
  for (const profile of file.profiles) for (const key of profile.keys) each(`${profile.name}\n${key.key}`, key);
}

function build() {
  fields = new Map();
  const groups = new Map();
  for (const key of file.keys) {
    if (hidden.includes(key.key)) continue;
    const name = key.key.includes(".") ? key.key.split(".")[0] : "general";
    const one = field(key, key.key, (value) => keep({ key: key.key, value }, value));
    fields.set(key.key, one);
    groups.set(name, [...(groups.get(name) ?? []), one.element]);
  }
  parts.groups.replaceChildren(...[...groups].map(([name, all]) => group(t(`group.${name}`), all)));
  parts.profiles.replaceChildren(...file.profiles.map(profileCard));
}

function group(title, all) {
  const heading = h("h2", { id: newID() }, title);
  return h("section", { class: "card", "aria-labelledby": heading.id }, heading, ...all);
}

function profileCard(profile) {
  const all = profile.keys.filter((key) => key.key !== "name").map((key) => {
    const one = field(key, `profiles.${key.key}`, (value) => keep({ set: profile.name, profileKey: key.key, value }, value));
    fields.set(`${profile.name}\n${key.key}`, one);
    return one.element;
  });
  const name = h("input", { type: "text", value: profile.name, "aria-label": t("profile_name"), maxLength: 64 });
  const wrong = h("p", { class: "wrong", role: "alert" });
  const tryTo = async (change) => {
    const came = await keep(change, "").catch(() => ({ error: t("not_done") }));
    show(wrong, came.error ?? "");
  };
  const card = group(profile.name, [
    h("div", { class: "row" },
      profile.active ? h("span", { class: "badge" }, t("in_use")) : button(t("use"), (event) => act({ action: "use_profile", name: profile.name }, event.currentTarget)),
      file.profiles.length > 1 && !profile.active && button(t("remove"), async () => {
        if (await confirm(t("remove_confirm", { profile: profile.name }), t("remove"))) tryTo({ remove: profile.name });
      })),
    h("form", { class: "row", onsubmit: (event) => { event.preventDefault(); if (name.value !== profile.name) tryTo({ rename: profile.name, to: name.value }); } },
      name, h("button", { type: "submit" }, t("rename"))),
    wrong, ...all, password(profile.name, profile.active)]);
  return card;
}

function adder() {
  const id = newID();
  const name = h("input", { type: "text", id, required: true, maxLength: 64 });
  const wrong = h("p", { class: "wrong", role: "alert" });
  return h("form", {
    class: "card add",
    onsubmit: async (event) => {
      event.preventDefault();
      const came = await keep({ add: name.value }, name.value).catch(() => ({ error: t("not_done") }));
      show(wrong, came.error ?? "");
      if (came.ok) name.value = "";
    },
  }, h("label", { htmlFor: id }, t("profile_new")), h("div", { class: "row" }, name, h("button", { type: "submit" }, t("add"))), wrong);
}
