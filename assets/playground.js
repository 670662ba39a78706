/** Analyses the code as it is typed, and shares it in a link; without it the form is sent. */

const PAUSE_MS = 250;
const LONGEST = 64 * 1024;

const form = document.querySelector("form");
const code = form.elements.namedItem("code");
const audit = form.elements.namedItem("audit");
const status = form.querySelector("[role=status]");
const shared = form.querySelector("[data-shared]");
const share = form.querySelector("[data-share]");
const result = document.querySelector("[data-result]");

let latest = new AbortController();
let timer;

function later(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(() => void analyse(), milliseconds);
}

/** The request before the latest is given up, so that answers never overtake each other. */
async function analyse() {
  latest.abort();
  latest = new AbortController();
  const { signal } = latest;
  if (code.value.trim() === "") return show("", "");
  status.textContent = "Looking…";
  try {
    const body = new URLSearchParams(new FormData(form));
    const response = await fetch(`${form.action}/analyse`, { method: "POST", body, signal });
    const text = await response.text();
    if (signal.aborted) return;
    const waits = Number(response.headers.get("retry-after"));
    if (waits > 0) later(waits * 1000);
    const drawn = new DOMParser().parseFromString(text, "text/html").querySelector(".result");
    if (drawn === null) throw new Error(`answer ${response.status}`);
    show(drawn.dataset.summary, drawn);
  } catch (error) {
    if (!signal.aborted) show(`The service did not answer (${error.message}).`, "");
  }
}

/** What is drawn begins with its summary: the status line then says it to a screen reader alone. */
function show(summary, drawn) {
  result.replaceChildren(drawn);
  status.textContent = summary;
  status.classList.toggle("unseen", drawn !== "");
}

/** The cursor goes to the line that is chosen. */
result.addEventListener("click", (event) => {
  const place = event.target.closest("a[data-line]");
  if (place === null) return;
  event.preventDefault();
  const lines = code.value.split("\n");
  const before = lines.slice(0, Number(place.dataset.line) - 1);
  const start = before.reduce((sum, line) => sum + line.length + 1, 0);
  code.focus();
  code.setSelectionRange(start, start + (lines[before.length] ?? "").length);
});

async function passed(bytes, stream) {
  return new Response(new Blob([bytes]).stream().pipeThrough(stream));
}

async function toFragment(text) {
  const packed = await (await passed(text, new CompressionStream("deflate-raw"))).arrayBuffer();
  const letters = btoa(String.fromCharCode(...new Uint8Array(packed)));
  return letters.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/u, "");
}

/** Reads no more than the service would take: a link is written by anybody. */
async function fromFragment(fragment) {
  const letters = atob(fragment.replaceAll("-", "+").replaceAll("_", "/"));
  const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const reader = (await passed(packed, new DecompressionStream("deflate-raw"))).body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let read = await reader.read(); !read.done && text.length < LONGEST; read = await reader.read())
    text += decoder.decode(read.value, { stream: true });
  await reader.cancel();
  return text.slice(0, LONGEST);
}

share.addEventListener("click", async () => {
  const named = new URLSearchParams({ ...(audit.checked && { audit: "on" }), code: await toFragment(code.value) });
  window.history.replaceState(null, "", `${window.location.pathname}#${named}`);
  try {
    await navigator.clipboard.writeText(window.location.href);
    shared.textContent = "The link is copied. It holds the code itself.";
  } catch {
    shared.textContent = "The link is in the address bar. It holds the code itself.";
  }
});

async function openShared() {
  const given = new URLSearchParams(window.location.hash.slice(1));
  const packed = given.get("code") ?? "";
  if (packed !== "") {
    try {
      code.value = await fromFragment(packed);
      audit.checked = given.get("audit") === "on";
    } catch {
      return show("This link is damaged: it holds no code.", "");
    }
  }
  await analyse();
}

form.addEventListener("input", () => {
  shared.textContent = "";
  later(PAUSE_MS);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  later(0);
});
window.addEventListener("hashchange", () => void openShared());
share.hidden = false;
await openShared();
