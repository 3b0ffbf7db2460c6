// The code of the address is good once; the token that it is exchanged for
// belongs to this tab and outlives a reload.
async function token() {
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  if (code) {
    history.replaceState(null, "", location.pathname);
    const answer = await fetch("/api/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code }),
    });
    if (answer.ok) sessionStorage.setItem("token", (await answer.json()).token);
  }
  return sessionStorage.getItem("token");
}

const bearer = { Authorization: `Bearer ${await token()}` };

// translate fills in the texts of the page.
async function translate() {
  const answer = await fetch("/api/texts", { headers: bearer });
  if (!answer.ok) return;
  const { language, texts } = await answer.json();
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = texts[element.dataset.text];
  }
}

// follow hands each message of the stream to see, until the stream ends.
async function follow(see) {
  const answer = await fetch("/api/stream", { headers: bearer });
  if (!answer.ok) return;
  let rest = "";
  for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + part).split("\n");
    rest = lines.pop();
    for (const line of lines) see(JSON.parse(line));
  }
}

translate();
follow((message) => {
  if (message.type === "texts") translate();
  if (message.type !== "now") return;
  document.getElementById("client").textContent = message.client.text;
  document.getElementById("server").textContent = message.server.text;
});
