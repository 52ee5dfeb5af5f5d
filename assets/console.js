// Does what the console cannot do without script: passkeys, and updates of an open page. Everything else is a form.
// Sentences come from the page (data attributes of <main>), refusals from the server.
import * as passkey from "/passkey.js";

const page = document.getElementById("inhoud");
const language = document.documentElement.lang === "en" ? "en" : "nl";

class Refused extends Error {
  /** Holds a refusal of the server: its sentence, and its code in `word`. */
  constructor(sentence, word = "") {
    super(sentence);
    this.word = word;
  }
}

function say(sentence) {
  const notice = document.getElementById("melding");
  notice.querySelector("strong").textContent = sentence;
  notice.hidden = sentence === "";
  if (sentence !== "") notice.focus();
}

async function post(path, body) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Refused(page.dataset.offline);
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(answer?.[language] ?? page.dataset.failed, answer?.error);
  return answer;
}

/** Returns the page that the server answered with. */
const parsed = async (response) => new DOMParser().parseFromString(await response.text(), "text/html");

function sentenceFor(error) {
  if (error instanceof Refused) return error.message;
  // These are words with which passkey.js fails.
  return ["cancelled", "exists", "unsupported"].includes(error) ? page.dataset[error] : page.dataset.failed;
}

async function register(token, userName, email, code = "") {
  const begun = await post("/api/registration/start", { token, user_name: userName, email, code });
  const [credential] = await passkey.create(JSON.stringify(begun.options));
  await post("/api/registration/finish", { ceremony: begun.ceremony, credential: JSON.parse(credential) });
}

async function showPasskey() {
  const begun = await post("/api/login/start", {});
  const [credential] = await passkey.get(JSON.stringify(begun.options));
  return { ceremony: begun.ceremony, credential: JSON.parse(credential) };
}

const logIn = async () => post("/api/login/finish", await showPasskey());

// Shows a sentence at each empty field, and moves the focus to the first.
function complete(form) {
  let first = null;
  for (const input of form.querySelectorAll("input")) {
    if (input.closest("[hidden]")) continue;
    const id = `${input.id}-fout`;
    document.getElementById(id)?.remove();
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
    if (input.value.trim() !== "") continue;
    const sentence = document.createElement("p");
    sentence.className = "error";
    sentence.id = id;
    sentence.textContent = page.dataset.required;
    input.after(sentence);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", id);
    first ??= input;
  }
  first?.focus();
  return first === null;
}

function onSubmit(id, act) {
  const form = document.getElementById(id);
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = event.submitter ?? form.querySelector("button");
    const joins = button.value === "join";
    if (button.getAttribute("aria-disabled") === "true" || (!joins && !complete(form))) return;
    say("");
    button.setAttribute("aria-disabled", "true");
    try {
      const field = (name) => form.elements.namedItem(name)?.value.trim() ?? "";
      await act(field, event);
      const done = document.getElementById(form.dataset.done);
      if (done) {
        form.hidden = true;
        done.hidden = false;
        done.focus();
      } else {
        location.assign(form.dataset.next ?? "/kantoor");
      }
    } catch (error) {
      say(sentenceFor(error));
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
  return form;
}

const secret = location.hash.slice(1);

// The firm is set up only once. Somebody who cancels the passkey goes on with the invitation that the setup made, also
// after a reload.
let invitation = null;
onSubmit("begin", async (field) => {
  if (secret === "") throw new Refused(page.dataset.noLink);
  if (invitation === null) {
    const names = ["firm_name", "firm_phone", "sender_address", "name", "given_name", "email"];
    const setup = Object.fromEntries(names.map((name) => [name, field(name)]));
    invitation = (await post("/api/setup", { token: secret, ...setup })).token;
    history.replaceState(null, "", `/kantoor/welkom#${invitation}`);
  }
  await register(invitation, field("user_name"), field("email"));
});

const welcome = onSubmit("welkom", async (field, { submitter }) => {
  if (secret === "") throw new Refused(page.dataset.noLink);
  if (submitter?.value === "join") await post("/api/invitation/join", { token: secret, code: field("code"), ...(await showPasskey()) });
  else await register(secret, field("user_name"), field("email"), field("code"));
});
if (welcome) {
  if (secret === "") {
    say(page.dataset.noLink);
  } else {
    post("/api/invitation", { token: secret }).then(receive, (error) => {
      say(sentenceFor(error));
      // An expired link can be sent again, to the address that the firm knows. Nothing else can be done with it.
      welcome.hidden = true;
      again.hidden = !["invitation_expired", "invitation_voided"].includes(error.word);
    });
  }
}

/** Shows who invites, and the fields to fill in. */
function receive(invited) {
  const of = (name) => welcome.querySelector(`[data-only="${name}"]`);
  const head = document.querySelector(".welcome");
  head.querySelector("h1").textContent = head.dataset.title.replace("#", invited.firm_name);
  if (invited.logo) head.querySelector("img").src = `/api/logos/${invited.logo}`;
  welcome.elements.namedItem("email").value = invited.email;
  welcome.elements.namedItem("user_name").value ||= invited.suggested_user_name;
  of("code").hidden = !invited.needs_code;
  // Somebody who only gets a new passkey keeps their name and address.
  of("new").hidden = of("join").hidden = Boolean(invited.user_name);
}

const again = onSubmit("opnieuw", async () => {
  const { sent } = await post("/api/invitation/again", { token: secret });
  if (!sent) throw new Refused(again.dataset.byPhone);
});

onSubmit("inloggen", logIn);

// What waits for a passkey is in the page, and goes on once the passkey was shown.
const waiting = document.getElementById("bevestigen");
waiting?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = waiting.querySelector("button");
  if (button.getAttribute("aria-disabled") === "true") return;
  say("");
  button.setAttribute("aria-disabled", "true");
  try {
    await post("/api/login/confirm", await showPasskey());
    if (waiting.dataset.back !== undefined) history.back();
    // A field can have the name of the method.
    else HTMLFormElement.prototype.submit.call(waiting);
  } catch (error) {
    say(sentenceFor(error));
  } finally {
    button.removeAttribute("aria-disabled");
  }
});

// This is for the page behind the link *this was not me* in a mail, where one press is enough.
onSubmit("alarm", async () => {
  if (secret === "") throw new Refused(page.dataset.noLink);
  await post("/api/alarm", { token: secret });
});

// Ctrl K finds a client while somebody types. Without script the link leads to the table.
const finder = document.getElementById("zoeken");
const opener = document.querySelector("[data-search]");
if (finder && opener) {
  const field = finder.querySelector("[data-find]");
  const found = document.getElementById("gevonden");
  const open = (event) => {
    event.preventDefault();
    if (finder.open) return;
    field.value = "";
    found.replaceChildren();
    finder.showModal();
  };
  opener.addEventListener("click", open);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "k") open(event);
  });
  // The answer has to belong to what is typed now, and not to an earlier request that came late.
  let asked = 0;
  field.addEventListener("input", async () => {
    const turn = ++asked;
    const typed = field.value.trim();
    const response = typed === "" ? null : await fetch(field.dataset.find + encodeURIComponent(typed)).catch(() => null);
    if (turn !== asked) return;
    const answer = response?.ok ? (await parsed(response)).body.childNodes : [];
    if (turn === asked) found.replaceChildren(...answer);
  });
  finder.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const places = [field, ...found.querySelectorAll("a")];
    places.at((places.indexOf(document.activeElement) + step) % places.length).focus();
  });
}

// A client's actions appear without a reload: the server says that the year grew, and
// the page takes over the changes, unless somebody is typing in that part.
const live = document.querySelector("[data-live]");
if (live && typeof EventSource === "function") {
  const news = new EventSource(live.dataset.live);
  news.addEventListener("changed", () => refresh().catch(() => (live.hidden = false)));
}

async function refresh() {
  const response = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!response.ok || response.redirected) throw new Refused(page.dataset.failed);
  const fresh = await parsed(response);
  const part = (id) => document.importNode(fresh.getElementById(id), true);
  live.hidden = takeOver(page, part("inhoud"));
  takeOver(document.getElementById("bijgewerkt"), part("bijgewerkt"));
}

// Makes `old` equal to `fresh`, and leaves alone what is equal already, so that a
// preview and a selection stay. Returns false if not all of it could be done.
function takeOver(old, fresh) {
  if (old === live || old.isEqualNode(fresh)) return true;
  // A document that is being read stays.
  if (old.dataset?.readsHere !== undefined && old.dataset.href === fresh.dataset?.href) return true;
  const nodes = [...fresh.childNodes];
  if (old.childElementCount > 0 && old.nodeName === fresh.nodeName && old.id === fresh.id) {
    if (old.childNodes.length === nodes.length) {
      sameAttributes(old, fresh);
      return [...old.childNodes].map((node, i) => takeOver(node, nodes[i])).every(Boolean);
    }
    if (isTypedIn(old)) return fitIn(old, fresh, nodes);
  }
  if (isTypedIn(old)) return false;
  old.replaceWith(fresh);
  return true;
}

// Adds and removes pieces of a part in which somebody types: pieces of one kind are matched in
// their order, new ones are inserted, and the one that is typed in stays.
function fitIn(old, fresh, nodes) {
  const kind = (node) => (node.nodeType === Node.ELEMENT_NODE ? [node.nodeName, node.id, node.className, node.getAttribute("action")].join() : node.nodeName);
  const drop = (node) => !isTypedIn(node) && (node.remove(), true);
  sameAttributes(old, fresh);
  let all = true;
  let at = old.firstChild;
  const dropUntil = (end) => {
    while (at !== end) {
      const gone = at;
      at = at.nextSibling;
      all = drop(gone) && all;
    }
  };
  for (const node of nodes) {
    let same = at;
    while (same && kind(same) !== kind(node)) same = isTypedIn(same) ? null : same.nextSibling;
    if (!same) {
      old.insertBefore(node, at);
      continue;
    }
    dropUntil(same);
    at = same.nextSibling;
    all = takeOver(same, node) && all;
  }
  dropUntil(null);
  return all;
}

function sameAttributes(old, fresh) {
  for (const name of new Set([...old.getAttributeNames(), ...fresh.getAttributeNames()])) {
    // A part that somebody unfolded stays unfolded.
    if (name === "open") continue;
    if (fresh.hasAttribute(name)) old.setAttribute(name, fresh.getAttribute(name));
    else old.removeAttribute(name);
  }
}

function isTypedIn(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return false;
  if (node.contains(document.activeElement)) return true;
  return [node, ...node.querySelectorAll("input, textarea, option")].some(isChanged);
}

function isChanged(field) {
  switch (field.localName) {
    case "textarea":
      return field.value !== field.defaultValue;
    case "input":
      return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
    case "option": {
      // A choice without a default selects its first option.
      const said = [...field.closest("select").options].some((one) => one.defaultSelected);
      return field.selected !== (said ? field.defaultSelected : field.index === 0);
    }
    default:
      return false;
  }
}

const reading = () => import("/console-reader.js");
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-reads]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  reading().then(({ read }) => read(link));
});
const place = document.querySelector("[data-reads-here]");
if (place) reading().then(({ readHere }) => readHere(place));
if (document.querySelector("form[data-mail]")) import("/console-mail.js");
if (document.querySelector("form[data-portal]")) import("/console-portal.js");

// A page about running work reloads its progress; without script there is a link.
const wait = (milliseconds) => new Promise((over) => setTimeout(over, milliseconds));
async function follow() {
  while (document.querySelector("[data-poll]")) {
    await wait(700);
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
    if (!answer?.ok) continue;
    const next = await parsed(answer);
    if (!next.querySelector("[data-poll]")) return location.reload();
    document.querySelector("[data-poll]").replaceWith(document.importNode(next.querySelector("[data-poll]"), true));
  }
}
follow();

// Files that were chosen or dropped are sent at once; without script there is a button.
document.addEventListener("change", ({ target }) => {
  const form = target.closest?.("form[data-send-at-once]");
  if (form && target.files?.length) form.requestSubmit();
});

// A cell that was corrected is checked at once; without script there is a button.
document.addEventListener("change", async ({ target }) => {
  const form = target.closest?.("form[data-recheck]");
  if (!form) return;
  const answer = await fetch(form.action, { method: "POST", headers: { accept: "text/html" }, body: new URLSearchParams(new FormData(form)) }).catch(() => null);
  if (!answer?.ok) return;
  const next = await parsed(answer);
  const focused = document.activeElement?.name;
  for (const part of [".head", `#${form.dataset.recheck}`]) document.querySelector(part).replaceWith(document.importNode(next.querySelector(part), true));
  if (focused) document.getElementsByName(focused)[0]?.focus();
});

// For clients that are ticked there is a bar with their number, and one box for the whole page.
const bulk = document.querySelector("form[data-bulk]");
if (bulk) {
  const bar = bulk.querySelector(".toolbar--bulk");
  const count = bar.querySelector("[data-count]");
  const all = bulk.querySelector("[data-all]");
  const boxes = [...bulk.querySelectorAll('input[name="kies"]')];
  all.hidden = false;
  const show = () => {
    const ticked = boxes.filter((box) => box.checked);
    for (const box of boxes) box.closest("tr").classList.toggle("is-selected", box.checked);
    all.checked = ticked.length === boxes.length;
    all.indeterminate = ticked.length > 0 && !all.checked;
    count.textContent = count.dataset.words.replace("#", ticked.length);
    bar.classList.toggle("bulkbar", ticked.length > 0);
    bar.hidden = ticked.length === 0;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  for (const box of boxes) box.addEventListener("change", show);
  show();
}
