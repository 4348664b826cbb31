// Streams an answer into the page; the finished turn, with sources and thumbs, is what the server renders.
const form = document.querySelector("form[data-ask]");
const turns = document.getElementById("turns");
const failed = document.getElementById("failed");

function said(who, text) {
  const box = document.createElement("div");
  box.className = `said ${who}`;
  box.append(Object.assign(document.createElement("p"), { className: "text", textContent: text }));
  return box;
}

function tell(message) {
  failed.textContent = message;
  failed.hidden = !message;
}

async function rendered(address, options) {
  const answer = await fetch(address, { headers: { Accept: "text/html" }, ...options });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok) throw new Error(page.querySelector("[role=alert]")?.textContent ?? answer.statusText);
  return page;
}

async function* events(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split("\n\n");
    rest = lines.pop();
    for (const line of lines) if (line.startsWith("data: ")) yield JSON.parse(line.slice(6));
  }
}

async function ask(question) {
  const turn = Object.assign(document.createElement("section"), { className: "turn" });
  const talk = Object.assign(document.createElement("div"), { className: "talk" });
  const answered = said("agent", "");
  const text = answered.firstChild;
  text.classList.add("waiting");
  talk.append(said("user", question), answered);
  turn.append(talk);
  turns.append(turn);
  turn.scrollIntoView({ block: "nearest" });
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { Accept: "text/event-stream", "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ question }),
  });
  if (!answer.ok) {
    turn.remove();
    throw new Error((await answer.json()).message);
  }
  for await (const event of events(answer)) {
    if (event.page) {
      form.action = event.page;
      history.replaceState(null, "", event.page);
    }
    if (event.delta) text.textContent += event.delta;
    if (event.failed) tell(event.failed);
    if (event.turn) await finish(turn, event.turn);
  }
}

async function finish(turn, address, looks = 10) {
  const finished = (await rendered(address)).querySelector(".turn");
  turn.replaceWith(finished);
  if (finished.querySelector("[data-late]") && looks) finish(finished, address, looks - 1);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  const question = form.question.value;
  tell("");
  button.disabled = true;
  form.question.value = "";
  try {
    await ask(question);
  } catch (error) {
    tell(error.message);
    form.question.value = question;
  }
  button.disabled = false;
  form.question.focus();
});

form.question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

turns.addEventListener("submit", async (event) => {
  event.preventDefault();
  const given = event.target;
  try {
    const body = new URLSearchParams(new FormData(given, event.submitter));
    const page = await rendered(given.action, { method: "POST", body });
    const turn = given.closest(".turn");
    turn.replaceWith(page.getElementById(turn.id));
    tell("");
  } catch (error) {
    tell(error.message);
  }
});

// A page that was opened before a trace had arrived looks again.
for (const late of turns.querySelectorAll("[data-late]")) {
  const turn = late.closest(".turn");
  finish(turn, `${form.action}/turns/${turn.id.slice("turn-".length)}`);
}
