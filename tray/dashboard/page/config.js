// The settings file, as the app has it, and the changes to it.
import { ask } from "./api.js";
import { button, t } from "./dom.js";

export let file = null; // null: not read yet

export async function load() {
  file = await ask("/api/settings");
  return file;
}

// save makes one change. Its answer has ok, or error, or conflict where
// the file has changed meanwhile; then file is the new one.
export async function save(change) {
  const came = await ask("/api/settings", { version: file.version, ...change });
  if (came.ok) file.version = came.version;
  if (came.conflict) await load();
  return came;
}

// chooser is a button that asks for a folder in the system's own dialog.
export function chooser(what, input, store, complain, more) {
  const choose = button(t("choose"), async () => {
    choose.setAttribute("aria-busy", "true");
    try {
      const { folder, error } = await ask("/api/folder", { what });
      if (error) complain(error);
      if (folder) {
        input.value = folder;
        await store(folder);
      }
    } catch {
      complain(t("not_done"));
    }
    choose.removeAttribute("aria-busy");
  }, more);
  return choose;
}
