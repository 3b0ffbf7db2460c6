// The logic of the sample in alt:V's documentation for reconnecting the local
// client when a server starts, written anew, with the return put in that it
// lacks after setTimeout. A line on standard input is the server's start.
const [address, password] = process.argv.slice(2);
const RETRY_DELAY = 2500;

async function getLocalClientStatus() {
  try {
    const response = await fetch(`http://${address}/status`);
    return await response.text();
  } catch {
    return null;
  }
}

async function connectLocalClient() {
  const status = await getLocalClientStatus();
  if (status === null) return;
  if (status !== "MAIN_MENU" && status !== "IN_GAME") {
    setTimeout(connectLocalClient, RETRY_DELAY);
    return;
  }
  await fetch(`http://${address}/reconnect`, { method: "POST", body: password });
}

process.stdin.on("data", () => connectLocalClient());
console.log("up");
