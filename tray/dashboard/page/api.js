// What the page asks the app. The code in the address is good once; the token
// that it is exchanged for belongs to this tab and outlives a reload.

// Closed means that the app does not know this page, or not any more.
export class Closed extends Error {}

let token;

// takeCode takes the code and the section out of the address, at once, and
// returns them.
export function takeCode() {
  const values = new URLSearchParams(location.hash.slice(1));
  const code = values.get("code");
  if (code) history.replaceState(null, "", `/#${values.get("section") ?? "now"}`);
  return code;
}

// enter exchanges a code for a token, with which come the texts and what is so now.
// A code that is not good does no harm to a tab that has a token.
export async function enter(code) {
  const answer = await fetch("/api/session", post({ code }));
  if (!answer.ok) return null;
  const { token: given, ...start } = await answer.json();
  token = given;
  sessionStorage.setItem("token", token);
  return start;
}

const post = (body) => ({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

async function request(path, body, signal) {
  if (!token) throw new Closed();
  const options = body ? post(body) : { headers: {} };
  options.headers.Authorization = `Bearer ${token}`;
  const answer = await fetch(path, { ...options, signal });
  if (answer.status === 403) throw new Closed();
  return answer;
}

// ask returns the answer to a request, a POST where there is a body. The answer
// 409 has conflict set.
export async function ask(path, body) {
  const answer = await request(path, body);
  if (answer.status === 409) return { ...(await answer.json()), conflict: true };
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

// lines hands each line of an answer to see, until its end.
export async function lines(path, body, see, signal) {
  const answer = await request(path, body, signal);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const whole = (rest + part.value).split("\n");
    rest = whole.pop();
    for (const line of whole) if (line) see(JSON.parse(line));
  }
}

// silence is longer than the time between two signs of life.
const silence = 40_000;

// follow hands each message of the stream to see, for ever. Told tells it whether
// the app answers, with its error where it does not. It ends where the app does
// not know this page. Where other pages have taken its place, it goes on when the
// user comes back.
export async function follow(see, told) {
  for (let wait = 500; ; wait = Math.min(wait * 2, 10_000)) {
    const ear = new AbortController();
    let quiet = setTimeout(() => ear.abort(), silence);
    let problem;
    let replaced = false;
    try {
      await lines("/api/stream", null, (message) => {
        clearTimeout(quiet);
        quiet = setTimeout(() => ear.abort(), silence);
        wait = 500;
        told();
        replaced = message.type === "replaced";
        see(message);
      }, ear.signal);
    } catch (error) {
      problem = error;
    }
    clearTimeout(quiet);
    told(problem ?? new Error("the stream has ended"));
    if (problem instanceof Closed) return;
    await pause(replaced ? 2 ** 31 - 1 : wait);
  }
}

// pause ends early when the user comes back to the page.
function pause(time) {
  const heard = new AbortController();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, time);
    const back = () => !document.hidden && (clearTimeout(timer), resolve());
    document.addEventListener("visibilitychange", back, heard);
    addEventListener("focus", back, heard);
  }).finally(() => heard.abort());
}

// start has what the first picture needs. It is asked for before the other modules
// are loaded.
export const start = begin();
start.catch(() => {}); // whoever waits for it says so

async function begin() {
  const code = takeCode();
  const entered = code && enter(code);
  token = sessionStorage.getItem("token"); // slow at first, so the code is sent before
  return (await entered) || ask("/api/start");
}
