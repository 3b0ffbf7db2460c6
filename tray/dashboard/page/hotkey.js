// The field for the hotkey: the user presses the key to set it.
import { button, h, show, t } from "./dom.js";

const proposed = "Ctrl+Shift+F9";

let state = { text: "", held: false };
let shown; // the element with the state

export function see(message) {
  if (message.type !== "now") return;
  state = message.hotkey;
  if (shown) tell();
}

function tell() {
  show(shown, state.text);
  shown.className = state.held ? "quiet" : "wrong";
}

// hotkey makes the field's control. While it waits for a key, Escape and Backspace clear
// the field; Tab and a click elsewhere change nothing.
export function hotkey(key, id, save) {
  const input = h("input", { type: "text", id, value: key.value, autocomplete: "off", spellcheck: false, onchange: () => save(input.value.trim()) });
  const take = (value) => {
    input.value = value;
    save(value);
  };
  const wait = (on) => {
    press.setAttribute("aria-pressed", String(on));
    show(press, t(on ? "press_now" : "press_key"));
  };
  const press = button(t("press_key"), () => wait(true), { "aria-pressed": "false", onblur: () => wait(false) });
  press.addEventListener("keydown", (event) => {
    if (press.getAttribute("aria-pressed") !== "true" || event.key === "Tab") return;
    event.preventDefault();
    if (event.repeat || ["Control", "Shift", "Alt", "AltGraph", "Meta"].includes(event.key)) return;
    wait(false);
    take(["Escape", "Backspace"].includes(event.key) ? "" : combination(event));
  });
  shown = h("p", { role: "status" });
  tell();
  return {
    element: h("div", {}, h("div", { class: "row" }, input, press, button(t("use_key", { key: proposed }), () => take(proposed))), shown),
    input,
    get: () => input.value,
    set: (value) => (input.value = value),
  };
}

// combination returns the pressed keys in the form of the settings. A Latin letter is
// the one that the keyboard's layout types; other keys go by their place.
function combination(event) {
  const name = /^[a-z]$/i.test(event.key) ? event.key.toUpperCase() : event.code.replace(/^(Key|Digit|Arrow)/, "");
  return [event.ctrlKey && "Ctrl", event.altKey && "Alt", event.shiftKey && "Shift", event.metaKey && "Win", name].filter(Boolean).join("+");
}
