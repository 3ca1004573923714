// SPDX-License-Identifier: GPL-2.0-or-later
// Asks for a token, loads the API's own description with it, and shows one version of it.
// The token is kept in the page's memory and nowhere else.

const find = (id) => document.getElementById(id);
const viewer = find("viewer");
let described = null;

find("access").addEventListener("submit", async (event) => {
  event.preventDefault();
  find("load").disabled = true;
  say("Loading ...");
  try {
    described = await load();
    offerVersions();
    show();
    say("");
  } catch (error) {
    say(error.message);
  } finally {
    find("load").disabled = false;
  }
});

find("version").addEventListener("change", show);

viewer.addEventListener("spec-loaded", () => {
  viewer.setApiKey("token", find("token").value.trim());
  if (find("user").value.trim()) {
    viewer.setApiKey("user", find("user").value.trim());
  }
});

function say(text) {
  find("said").value = text;
}

async function load() {
  const headers = { Accept: "application/json" };
  const token = find("token").value.trim();
  const user = find("user").value.trim();
  if (token) headers["X-SLURM-USER-TOKEN"] = token;
  if (user) headers["X-SLURM-USER-NAME"] = user;
  let answer;
  try {
    answer = await fetch("openapi.json", { headers, credentials: "omit", cache: "no-store" });
  } catch {
    throw new Error("The server cannot be reached.");
  }
  if (answer.status === 401) throw new Error("The server does not accept this token.");
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return answer.json();
}

// Paths are /slurm/v0.0.42/..., names of schemas v0.0.42_...
const versionOf = (path) => path.split("/")[2];

function offerVersions() {
  const versions = [...new Set(Object.keys(described.paths).map(versionOf))].sort().reverse();
  const chosen = find("version").value;
  find("version").replaceChildren(...versions.map((name) => new Option(name)));
  if (versions.includes(chosen)) find("version").value = chosen;
  find("choice").hidden = versions.length < 2;
}

// Bodies are tried in JSON, and start empty: a made-up job or node would be as real as any other.
function emptyBody(operation) {
  const schema = operation.requestBody?.content["application/json"].schema;
  if (schema) {
    operation.requestBody.content = { "application/json": { schema, examples: { empty: { value: {} } } } };
  }
}

function show() {
  const version = find("version").value;
  const keep = (object, wanted) =>
    Object.fromEntries(Object.entries(object).filter(([name]) => wanted(name)));
  const shown = structuredClone(described);
  shown.paths = keep(shown.paths, (path) => versionOf(path) === version);
  shown.components.schemas = keep(shown.components.schemas, (name) => name.startsWith(version));
  Object.values(shown.paths).flatMap(Object.values).forEach(emptyBody);
  shown.tags = shown.tags.filter(({ name }) =>
    Object.keys(shown.paths).some((path) => path.split("/")[1] === name));
  shown.servers = [{ url: new URL(".", location.href).href.replace(/\/$/, "") }];
  find("welcome").hidden = true;
  viewer.hidden = false;
  viewer.loadSpec(shown);
}
