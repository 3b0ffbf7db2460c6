// One key of the settings: its control, its help, and what is wrong with it.
import { chooser } from "./config.js";
import { h, has, newID, show, t } from "./dom.js";
import { hotkey } from "./hotkey.js";
import { tell } from "./notices.js";

// field makes the control of a key. Name is the key's name among the texts, write
// saves a value and returns the app's answer. The result has element, and set,
// which takes in what the file says now.
export function field(key, name, write) {
  const id = newID();
  const state = h("p", { class: "saved", role: "status" });
  const wrong = h("p", { class: "wrong", id: `${id}-wrong`, role: "alert" });
  let known = key.value;
  const save = async (value) => {
    if (value === known) return clear();
    try {
      const came = await write(value);
      if (came.conflict) return; // whoever wrote it tells of it
      if (!came.ok) return complain(came.error);
      known = value;
      clear();
      show(state, t("saved"));
      setTimeout(() => show(state, ""), 3000);
    } catch {
      complain(t("not_done"));
    }
  };
  const control = controlOf(key, id, save);
  control.input.setAttribute("aria-describedby", `${id}-help ${id}-wrong`);
  control.input.addEventListener("blur", () => control.get() === known && clear());
  function complain(text) {
    show(wrong, text);
    control.input.setAttribute("aria-invalid", "true");
  }
  function clear() {
    show(wrong, "");
    control.input.removeAttribute("aria-invalid");
  }
  const label = h("label", { htmlFor: id }, t(`key.${name}`));
  const element = h("div", { class: `field ${key.kind}` },
    h("div", { class: "name" }, label, h("p", { class: "quiet", id: `${id}-help` }, t(`help.${name}`))),
    h("div", { class: "value" }, control.element, wrong, state));
  return {
    element,
    // What is just being typed is not taken away, but it is said what it would overwrite.
    set(value, force) {
      const typing = !force && control.get() !== known && document.activeElement === control.input;
      if (typing && value !== known) show(wrong, t("changed_elsewhere", { value }));
      known = value;
      if (!typing) {
        control.set(value);
        clear();
      }
    },
  };
}

function controlOf(key, id, save) {
  switch (key.kind) {
    case "bool": return tick(key, id, save);
    case "choice": return choice(key, id, save);
    case "path": return path(key, id, save);
    case "hotkey": return hotkey(key, id, save);
  }
  const input = text(key, id, save);
  if (key.kind === "int") input.inputMode = "numeric";
  return simple(input);
}

const simple = (input, element = input) => ({ element, input, get: () => input.value, set: (value) => (input.value = value) });

function text(key, id, save) {
  return h("input", { type: "text", id, value: key.value, placeholder: key.default, autocomplete: "off", spellcheck: false, onchange: (event) => save(event.target.value.trim().replace(/^"(.*)"$/, "$1")) });
}

function tick(key, id, save) {
  const input = h("input", { type: "checkbox", role: "switch", id, checked: key.value === "true", onchange: () => save(String(input.checked)) });
  return { element: input, input, get: () => String(input.checked), set: (value) => (input.checked = value === "true") };
}

function choice(key, id, save) {
  const input = h("select", { id, onchange: () => save(input.value) }, key.choices.map((value) => h("option", { value }, choiceText(key.key, value))));
  input.value = key.value;
  return simple(input);
}

// choiceText: a language is named in itself.
function choiceText(key, value) {
  if (key === "language" && value !== "auto") return new Intl.DisplayNames(value, { type: "language" }).of(value);
  return has(`choice.${value}`) ? t(`choice.${value}`) : value;
}

function path(key, id, save) {
  const input = text(key, id, save);
  const choose = chooser(key.key === "folder" ? "server" : "client", input, save, (wrong) => tell(wrong, true));
  return simple(input, h("div", { class: "row" }, input, choose));
}
