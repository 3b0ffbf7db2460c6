// The password of a profile: it is stored, and never shown.
import { button, h, newID, t } from "./dom.js";
import { act, confirm } from "./notices.js";

// password is a form for a profile. What belongs to the profile in use alone is
// there where inUse is set. Stored is called when something has changed. Takes
// says that the password of server.toml is the one to store.
export function password(profile, inUse, stored = () => {}, takes = false) {
  const id = newID();
  const input = h("input", { type: "password", id, autocomplete: "new-password", required: true, spellcheck: false });
  const done = async (action, event) => {
    if (await act(action, event.submitter ?? event.currentTarget)) stored();
  };
  return h("form", {
    class: "password",
    onsubmit: (event) => {
      event.preventDefault();
      const typed = input.value;
      input.value = "";
      done({ action: "set_password", profile, password: typed }, event);
    },
  }, h("label", { htmlFor: id }, t("password_of", { profile })),
  h("input", { type: "text", autocomplete: "username", value: profile, readOnly: true, hidden: true }), // for password managers
  h("div", { class: "row" }, input, h("button", { type: "submit", class: takes ? "" : "primary" }, t("store")),
    inUse && button(t("menu.password_take"), (event) => done({ action: "take_password" }, event), takes ? { class: "primary" } : {}),
    inUse && button(t("menu.password_clear"), async (event) => {
      const clicked = event.currentTarget;
      if (await confirm(t("clear_confirm", { profile }), t("menu.password_clear"))) done({ action: "clear_password" }, { currentTarget: clicked });
    }, { class: "clear" })));
}
