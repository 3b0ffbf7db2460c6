// What came of an action, and what is wrong for as long as it is.
import { ask } from "./api.js";
import { button, h, show, sign, t } from "./dom.js";

const seen = 8000; // how long good news stays

// Failures are spoken at once, the rest when there is time.
const failures = h("div", { role: "alert" });
const news = h("div", { role: "status" });

// What stays has a place of its own above the section.
const banners = h("div", { role: "alert" });
const stories = h("div", { role: "status" });
const closed = {}; // by name, the text that the user has closed

export function mountNotices(root, lasting) {
  root.replaceChildren(failures, news);
  lasting.replaceChildren(stories, banners);
}

// narrate shows what the demo tells; it is empty elsewhere.
export const narrate = (text) => stay(stories, "story", text);

// tell shows what came of an action; a failure stays until it is dismissed.
export function tell(text, failed = false) {
  const notice = h("div", { class: failed ? "notice failed" : "notice" }, sign(failed ? "failure" : "ok"), h("p", {}, text),
    button("×", () => notice.remove(), { class: "plain", "aria-label": t("dismiss") }));
  (failed ? failures : news).append(notice);
  if (!failed) setTimeout(() => notice.remove(), seen);
}

// banner shows what is wrong under a name, until it is called with an empty text.
export const banner = (name, text) => stay(banners, name, text, sign("warning"));

function stay(root, name, text, ...picture) {
  const old = root.querySelector(`.${name}`);
  if (!text || text !== closed[name]) delete closed[name];
  if (!text || closed[name]) return old?.remove();
  if (old) return show(old.querySelector("p"), text);
  const notice = h("div", { class: `notice lasting ${name}` }, ...picture, h("p", {}, text), button("×", () => {
    closed[name] = notice.querySelector("p").textContent;
    notice.remove();
  }, { class: "plain", "aria-label": t("dismiss") }));
  root.prepend(notice);
}

let started = 0; // when alt:V was, from this page

// starting tells that alt:V may still be on its way to its debug port.
export const starting = () => Date.now() - started < 60_000;

// act has the app do something and says what came of it. It returns whether that
// worked. The button that was clicked, if there is one, waits for it.
export async function act(action, clicked) {
  clicked?.setAttribute("aria-busy", "true");
  try {
    const came = await ask("/api/do", action);
    if (came.text || came.error) tell(came.text ?? came.error, !came.ok);
    if (came.ok && action.action === "start_client") started = Date.now();
    return came.ok;
  } catch {
    tell(t("not_done"), true);
    return false;
  } finally {
    clicked?.removeAttribute("aria-busy");
  }
}

// confirm asks the user, and returns whether they agreed.
export function confirm(text, yes) {
  return new Promise((resolve) => {
    const dialog = h("dialog", { "aria-label": yes, onclose: () => { dialog.remove(); resolve(dialog.returnValue === "yes"); } },
      h("p", {}, text),
      h("div", { class: "row end" }, button(t("dialog.cancel"), () => dialog.close("")), button(yes, () => dialog.close("yes"), { class: "primary" })));
    document.body.append(dialog);
    dialog.showModal();
  });
}
