// The settings file, as the app has it, and the changes to it.
import { ask } from "./api.js";

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

// folder asks for one in the system's own dialog; empty where it was closed.
export async function folder(what) {
  const came = await ask("/api/folder", { what });
  if (came.error) throw new Refused(came.error);
  return came.folder;
}

// Refused is a failure whose message the user can read.
export class Refused extends Error {}
