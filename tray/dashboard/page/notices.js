// What came of an action, and what is wrong for as long as it is.
import { ask } from "./api.js";
import { button, h, show, sign, t } from "./dom.js";

const seen = 8000; // how long good news stays

// Failures are spoken at once, the rest when there is time.
const banners = h("div", { class: "banners", role: "alert" });
const news = h("div", { class: "news", role: "status" });

const story = h("p", { class: "story", role: "status", hidden: true });

export function mountNotices(root) {
  root.replaceChildren(story, banners, news);
}

// narrate shows what the demo tells; it is empty elsewhere.
export function narrate(text) {
  show(story, text);
  story.hidden = !text;
}

// tell shows what came of an action; a failure stays until it is dismissed.
export function tell(text, failed = false) {
  const notice = h("div", { class: failed ? "notice failed" : "notice" }, sign(failed ? "failure" : "ok"), h("p", {}, text),
    button("×", () => notice.remove(), { class: "plain", "aria-label": t("dismiss") }));
  (failed ? banners : news).append(notice);
  if (!failed) setTimeout(() => notice.remove(), seen);
}

// banner shows what is wrong under a name, until it is called with an empty text.
export function banner(name, text, ...more) {
  const old = banners.querySelector(`[data-name=${name}]`);
  if (!text) return old?.remove();
  if (old) return show(old.querySelector("p"), text);
  const notice = h("div", { class: "notice lasting" }, sign("warning"), h("p", {}, text), ...more);
  notice.dataset.name = name;
  banners.prepend(notice);
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
