// The pages before the app, which the server makes: the one behind an invitation's link, and the login. They use this
// script for the passkey. The app is downloaded while somebody reads, and starts in the same page once the passkey was
// used, so that the passkey's secret for this device never leaves the page's memory.
import * as passkey from "/passkey.js";

const root = document.documentElement;
const page = document.getElementById("inhoud");
const language = root.lang === "en" ? "en" : "nl";
const element = (id) => document.getElementById(id);

/** Milliseconds after which a challenge that waits in the field is replaced, which is before the server forgets it. */
const CHALLENGE_HOLDS = 4 * 60 * 1000;

// ---- Requests to the server -------------------------------------------------

class Refused extends Error {
  /** Holds a refusal of the server: its sentence, and its code in `word`. */
  constructor(sentence, word = "") {
    super(sentence);
    this.word = word;
  }
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
    throw new Refused(page.dataset.offline, "offline");
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(answer?.[language] ?? page.dataset.failed, answer?.error);
  return answer;
}

function sentenceFor(error) {
  if (error instanceof Refused) return error.message;
  // These are the words with which passkey.js fails.
  if (error === "cancelled" || error === "unsupported") return page.dataset[error];
  return page.dataset.passkeyFailed;
}

// ---- Showing ----------------------------------------------------------------

/** Shows the parts of the page that belong to these states, and hides all others. */
function show(...states) {
  for (const part of page.querySelectorAll("[data-state]")) {
    part.hidden = !part.dataset.state.split(" ").some((state) => states.includes(state));
  }
  root.dataset.app = "entrance";
}

function errorLine(id, sentence) {
  const line = Object.assign(document.createElement("p"), { className: "error", id: `${id}-fout` });
  line.setAttribute("role", "alert");
  const icon = Object.assign(document.createElement("i"), { className: "icon icon-circle-alert" });
  icon.setAttribute("aria-hidden", "true");
  line.append(icon, ` ${sentence}`);
  return line;
}

/** Shows what is wrong at a field in place of its hint, and focuses it. An empty sentence restores the hint. */
function mark(field, sentence) {
  element(`${field.id}-fout`)?.remove();
  const hint = element(`${field.id}-hint`);
  hint.hidden = sentence !== "";
  if (sentence === "") {
    field.removeAttribute("aria-invalid");
    field.setAttribute("aria-describedby", hint.id);
    return;
  }
  field.after(errorLine(field.id, sentence));
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", `${field.id}-fout`);
  field.focus();
}

/** Shows what went wrong if that is not the fault of a field. */
function say(sentence) {
  const place = element("melding");
  place.replaceChildren(...(sentence === "" ? [] : [errorLine(place.dataset.at, sentence)]));
}

/** Does what a button asks for, one request at a time. Meanwhile the button shows that it is busy. */
async function whileBusy(button, work) {
  if (button.getAttribute("aria-disabled") === "true") return;
  const words = button.dataset.busy && button.querySelector("span");
  const before = words?.textContent;
  button.setAttribute("aria-disabled", "true");
  if (words) words.textContent = button.dataset.busy;
  try {
    await work();
  } finally {
    button.removeAttribute("aria-disabled");
    if (words) words.textContent = before;
  }
}

// ---- The app ----------------------------------------------------------------

let app;

/** Downloads the app and caches it on this device, once. Returns the script that starts it. */
const fetchApp = () => (app ??= import("/boot.js").then((boot) => (boot.prepare(), boot)));

/** Downloads the app when this page no longer needs the connection and the processor. */
function fetchAppSoon() {
  const soon = () => setTimeout(() => fetchApp().catch(() => (app = undefined)), 50);
  if (document.readyState === "complete") soon();
  else addEventListener("load", soon, { once: true });
}

let hasStarted = false;

/** Opens the app here for somebody who just logged in. `secret` unlocks what it has saved on this device. */
async function open(identity, secret) {
  // An advisor without a dossier of their own has nothing to do in the app.
  if (identity.is_advisor && identity.memberships.length === 0) return location.assign("/kantoor");
  const boot = await fetchApp().catch(() => undefined);
  // The app's own page reports that the app could not be downloaded, and tries again.
  if (!boot) return location.assign("/");
  hasStarted = true;
  // The address contains the link's secret, which must not stay in the history.
  history.replaceState(null, "", "/");
  await boot.start([JSON.stringify(identity), secret]);
}

/** Logs in with a passkey, in the way that `ask` asks for it. Returns nothing if nobody chose one. */
async function showPasskey(ask) {
  const begun = await post("/api/login/start", {});
  const [credential, secret] = await ask(JSON.stringify(begun.options));
  return credential && { ceremony: begun.ceremony, credential: JSON.parse(credential), secret };
}

// ---- The page behind the link of an invitation ------------------------------

const token = location.hash.slice(1);
let invitation;

const STATES = {
  invitation_used: "used",
  invitation_expired: "expired",
  invitation_voided: "voided",
  invitation_withdrawn: "withdrawn",
  code_spent: "withdrawn",
  invitation_unknown: "unknown",
  offline: "offline",
};

/** Shows why nobody can register with this link. */
function stop(error) {
  const state = STATES[error.word] ?? "refused";
  const sentence = page.querySelector(`[data-state="${state}"] [data-sentence]`);
  if (state !== "offline") sentence.textContent = error.message;
  show(state);
}

async function look() {
  if (token === "") return show("unknown");
  try {
    invitation = await post("/api/invitation", { token });
  } catch (error) {
    return stop(error);
  }
  receive();
  const place = passkey.placeOf(navigator.userAgent, Boolean(globalThis.PublicKeyCredential));
  if (place === "browser") return invite();
  for (const part of page.querySelectorAll("[data-place]")) part.hidden = !part.dataset.place.split(" ").includes(place);
  show("elsewhere");
}

function invite() {
  show("invited");
  fetchAppSoon();
}

/** Shows the firm's logo and colour, if the address did not name the firm. */
function wear({ logo, accent }) {
  const set = (node, name, value) => node.getAttribute(name) === value || node.setAttribute(name, value);
  if (logo) page.querySelectorAll(".welcome__logo").forEach((picture) => set(picture, "src", `/api/logos/${logo}`));
  set(element("brand"), "href", `/api/accents/${accent.slice(1)}`);
}

/** Fills in what the firm knows. What somebody typed meanwhile stays. */
function receive() {
  wear(invitation);
  const title = page.dataset.title.replace("#", invitation.firm_name);
  for (const heading of [element("titel"), ...page.querySelectorAll("[data-firm-title]")]) heading.textContent = title;
  if (invitation.welcome) element("welkom").textContent = invitation.welcome;
  if (invitation.tasks > 0) {
    const words = invitation.tasks === 1 ? page.dataset.waits : page.dataset.waitsMany;
    element("wacht").querySelector("strong").textContent = words.replace("#", invitation.tasks);
    element("wacht").hidden = false;
  }
  const fieldOf = (id) => element(id).closest(".field");
  fieldOf("code").hidden = !invitation.needs_code;
  // Somebody who only gets a new passkey keeps their name and address.
  const renews = Boolean(invitation.user_name);
  fieldOf("gebruikersnaam").hidden = fieldOf("mail").hidden = element("meedoen").hidden = renews;
  element("vernieuwt").hidden = !renews;
  element("vernieuwt").querySelector("strong").textContent = page.dataset.renews.replace("#", invitation.user_name);
  element("gebruikersnaam").value ||= invitation.suggested_user_name;
  element("mail").value ||= invitation.email;
  element("niet-ik").textContent = page.dataset.wrongPerson.replace("#", invitation.given_name);
}

const isUserName = (name) => /^[\p{L}\p{M}\p{N}._-]{3,40}$/u.test(name);
const isMail = (mail) => /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(mail);

/** Returns true if no field looks wrong, and otherwise shows what does. */
function isSound() {
  const [name, mail] = [element("gebruikersnaam"), element("mail")];
  [name, mail, element("code"), element("mailcode")].forEach((field) => mark(field, ""));
  if (invitation.user_name) return true;
  if (!isUserName(name.value.trim())) return mark(name, page.dataset.userNameShort), false;
  if (!isMail(mail.value.trim())) return mark(mail, page.dataset.mailWrong), false;
  return true;
}

const FIELDS = { user_name_taken: "gebruikersnaam", user_name_malformed: "gebruikersnaam", mail_differs: "mail", mail_malformed: "mail", mail_codes_spent: "mail", code_expired: "code" };

/** Returns the field that a refusal of the server is about. */
function fieldFor({ word }) {
  if (word === "code_wrong") return element(element("mailcode").closest(".field").hidden ? "code" : "mailcode");
  return FIELDS[word] && element(FIELDS[word]);
}

function explain(error) {
  const field = fieldFor(error);
  if (field) mark(field, error.message);
  else if (error.word?.startsWith("invitation") || error.word === "code_spent") stop(error);
  else say(sentenceFor(error));
}

/** Starts the registration. Returns nothing if another mail address has to be confirmed first. */
async function begin() {
  const value = (id) => element(id).value.trim();
  const start = { token, user_name: value("gebruikersnaam"), email: value("mail"), code: value("code"), mail_code: value("mailcode") };
  try {
    return await post("/api/registration/start", start);
  } catch (error) {
    if (error.word !== "mail_differs" && error.word !== "mail_code_expired") throw error;
  }
  await post("/api/invitation/mail", { token, email: start.email });
  element("mailcode").value = "";
  element("mailcode").closest(".field").hidden = false;
  say(page.dataset.mailCodeSent);
  element("mailcode").focus();
}

/** A passkey that was made and did not reach the server, because the connection was lost. */
let made;

async function register() {
  if (!isSound()) return;
  const filledIn = `${element("gebruikersnaam").value} ${element("mail").value}`;
  const isKept = made?.filledIn === filledIn;
  if (!isKept) {
    const begun = await begin();
    if (!begun) return;
    fetchApp().catch(() => (app = undefined));
    const [credential, secret] = await passkey.create(JSON.stringify(begun.options));
    made = { filledIn, secret, body: { ceremony: begun.ceremony, credential: JSON.parse(credential) } };
  }
  try {
    await open(await post("/api/registration/finish", made.body), made.secret);
  } catch (error) {
    if (error.word === "offline") throw error;
    made = undefined;
    // The server no longer waits for this passkey, or has it already; a new start tells which.
    if (isKept && error.word === "ceremony_unknown") return register();
    throw error;
  }
}

async function join() {
  const { secret, ...shown } = await showPasskey(passkey.get);
  await open(await post("/api/invitation/join", { token, code: element("code").value.trim(), ...shown }), secret);
}

function welcome() {
  const press = (id, work) =>
    element(id).addEventListener("click", () => {
      say("");
      whileBusy(element(id), work).catch(explain);
    });
  element("registreren").addEventListener("submit", (event) => {
    event.preventDefault();
    say("");
    whileBusy(element("maak"), register).catch(explain);
  });
  press("meedoen", join);
  press("niet-ik", async () => {
    await post("/api/invitation/not-me", { token });
    show("somebody-else");
  });
  press("kopieer", async () => {
    const button = element("kopieer");
    await navigator.clipboard.writeText(location.href);
    button.querySelector("span").textContent = element("gekopieerd").textContent = button.dataset.copied;
    button.querySelector(".icon").className = "icon icon-check";
  });
  press("toch-hier", async () => invite());
  const actions = {
    retry: () => (show("checking"), look()),
    "new-link": async () => {
      const { sent } = await post("/api/invitation/again", { token });
      const shown = [...page.querySelectorAll("[data-state]")].find((part) => !part.hidden).dataset.state;
      show(shown, sent ? "link-sent" : "link-by-phone");
      page.querySelectorAll('[data-action="new-link"]').forEach((button) => button.remove());
    },
  };
  for (const button of page.querySelectorAll("[data-action]")) {
    button.addEventListener("click", () => whileBusy(button, actions[button.dataset.action]).catch(stop));
  }
  // Another link that is opened in this tab changes only what follows the #.
  addEventListener("hashchange", () => hasStarted || location.reload());
  look();
}

// ---- The login --------------------------------------------------------------

const finish = async ({ secret, ...shown }) => open(await post("/api/login/finish", shown), secret);

/** Logs in with the passkey that somebody chooses in the field. The button works all the same. */
async function offerPasskeys() {
  if (!(await passkey.canOffer())) return;
  element("kiezen").hidden = false;
  for (;;) {
    let shown;
    try {
      shown = await showPasskey((options) => passkey.offer(options, CHALLENGE_HOLDS));
    } catch {
      return;
    }
    if (shown) return whileBusy(element("log-in"), () => finish(shown));
  }
}

/** Waits for the result of a request to the device's database. */
const done = (request) =>
  new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));

/** Returns the names of all entries on this device, which tell nothing about a person. */
async function keptNames() {
  const known = await indexedDB.databases?.();
  if (known && !known.some(({ name }) => name === "akkoord")) return [];
  const request = indexedDB.open("akkoord");
  // Only the app may create the database.
  request.onupgradeneeded = () => request.transaction.abort();
  const database = await done(request);
  try {
    return await done(database.transaction("entries").objectStore("entries").getAllKeys());
  } finally {
    database.close();
  }
}

/** Shows how much unsent work waits here for a login, and whether the device already belongs to one. */
async function tellOfDevice() {
  const names = await keptNames().catch(() => []);
  element("al-open").hidden = !names.includes("holder");
  const waiting = names.filter((name) => /^account\/[^/]+\/outbox\/|^unsent\//.test(name)).length;
  const words = waiting === 1 ? page.dataset.waits : page.dataset.waitsMany;
  element("wacht").querySelector("strong").textContent = words.replace("#", waiting);
  element("wacht").hidden = waiting === 0;
}

function login() {
  const button = element("log-in");
  const fail = (error) => say(sentenceFor(error));
  button.addEventListener("click", () => {
    say("");
    whileBusy(button, async () => finish(await showPasskey(passkey.get))).catch(fail);
  });
  element("link")?.addEventListener("submit", (event) => {
    event.preventDefault();
    const [form, field] = [event.target, element("linkmail")];
    mark(field, "");
    if (!isMail(field.value.trim())) return mark(field, page.dataset.mailWrong);
    whileBusy(form.querySelector("button"), async () => {
      await post("/api/invitation/by-mail", { firm: form.dataset.firm, email: field.value.trim() });
      form.hidden = true;
      element("link-onderweg").hidden = false;
      element("link-onderweg").focus();
    }).catch((error) => mark(field, sentenceFor(error)));
  });
  tellOfDevice();
  show();
  fetchAppSoon();
  offerPasskeys().catch(fail);
}

for (const link of document.querySelectorAll("a[data-login]")) link.href = root.dataset.login;
if (page.dataset.page === "login") login();
else welcome();
