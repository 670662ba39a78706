/** Search and filters of the list of rules; without it the list stands as it is. */
import MiniSearch from "./minisearch.js";

const FILTERS = ["section", "level", "cwe", "library"];

const form = document.querySelector("form.search");
const status = form.querySelector("[role=status]");
const reset = form.querySelector("[type=reset]");
const contents = document.querySelector("nav.sections");
const sections = [...document.querySelectorAll("section.rules")];
const entries = [...document.querySelectorAll("li[data-id]")];

const search = new MiniSearch({
  fields: ["id", "title", "words", "cwe", "libraries"],
  searchOptions: {
    boost: { id: 3, title: 2 },
    prefix: true,
    fuzzy: (term) => (term.length > 4 ? 0.2 : 0),
    combineWith: "AND",
  },
});
search.addAll(
  entries.map((entry) => {
    const { id, words, cwe, libraries } = entry.dataset;
    return { id, title: entry.querySelector("a").textContent, words, cwe, libraries };
  }),
);

function fits(entry, filters) {
  const { section, level, cwe, libraries } = entry.dataset;
  return (
    (filters.section === "" || filters.section === section) &&
    (filters.level === "" || filters.level === level) &&
    (filters.cwe === "" || cwe.split(" ").includes(filters.cwe)) &&
    (filters.library === "" || libraries.split(" ").includes(filters.library))
  );
}

function show() {
  const query = form.elements.namedItem("q").value.trim();
  const filters = Object.fromEntries(FILTERS.map((name) => [name, form.elements.namedItem(name).value]));
  const found = query === "" ? undefined : new Set(search.search(query).map(({ id }) => id));
  let shown = 0;
  for (const entry of entries) {
    entry.hidden = !fits(entry, filters) || (found !== undefined && !found.has(entry.dataset.id));
    if (!entry.hidden) shown += 1;
  }
  for (const section of sections) section.hidden = section.querySelector("li:not([hidden])") === null;
  const isAll = shown === entries.length;
  status.textContent = isAll ? "" : shown === 0 ? "No rule fits all of this." : `${shown} of ${entries.length} rules`;
  reset.hidden = isAll;
  contents.hidden = !isAll;
  remember(query, filters);
}

/** What was asked for stays in the address, so that it can be sent and gone back to. */
function remember(query, filters) {
  const asked = Object.entries({ q: query, ...filters }).filter(([, value]) => value !== "");
  const { pathname, hash } = window.location;
  const parameters = new URLSearchParams(asked).toString();
  window.history.replaceState(null, "", `${pathname}${parameters === "" ? "" : `?${parameters}`}${hash}`);
}

for (const [name, value] of new URLSearchParams(window.location.search)) {
  const field = ["q", ...FILTERS].includes(name) ? form.elements.namedItem(name) : null;
  if (field !== null) field.value = value;
}
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
/** The fields are empty once the event is over. */
form.addEventListener("reset", () => setTimeout(show));
form.hidden = false;
show();
