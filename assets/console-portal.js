// Script of the page on which the portal is set up: the phone beside the form shows what is typed. Without script the
// page is a form, and the phone shows what was saved.
const form = document.querySelector("form[data-portal]");
const field = (name) => form.elements.namedItem(name);
const frames = [...document.querySelectorAll("iframe[data-shows]")];
const PAUSE = 400;
document.querySelector("[data-saved-only]").remove();

// ---- The phone ----

// Returns the parts with this name in all frames: none while a frame loads, or if it has no access.
const parts = (name) => frames.flatMap((frame) => [...(frame.contentDocument?.querySelectorAll(`[data-part="${name}"]`) ?? [])]);

function write(name) {
  for (const part of parts(name)) part.textContent = field(name).value.trim() || (part.dataset.plain ?? "");
}

function wear(hex) {
  for (const frame of frames) {
    const link = frame.contentDocument?.getElementById("brand");
    const address = `/api/accents/${hex.slice(1)}`;
    if (link && link.getAttribute("href") !== address) link.setAttribute("href", address);
  }
}

// ---- The colour ----

const colour = field("accent");
const picker = form.querySelector("[data-picker]");
picker.hidden = false;
let tried = colour.value;
let turn = 0;

/** Shows a complete colour everywhere. Returns false while one is still being typed. */
function take(hex) {
  if (!/^#[0-9a-f]{6}$/.test(hex)) return false;
  for (const swatch of form.querySelectorAll('input[name="swatch"]')) swatch.checked = swatch.value === hex;
  picker.value = hex;
  wear(hex);
  if (hex !== tried) prove(hex);
  tried = hex;
  return true;
}

// The server calculates the contrast of text, where it is also checked.
async function prove(hex) {
  const mine = ++turn;
  const answer = await fetch(`/kantoor/portaal?accent=${encodeURIComponent(hex)}`, { headers: { accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine === turn) document.getElementById("kleurproef").replaceWith(document.importNode(page.getElementById("kleurproef"), true));
}

// ---- The logo ----

const pictures = () => [...form.querySelectorAll('img[data-part="logo"]'), ...parts("logo")];
const saved = form.querySelector('img[data-part="logo"]').getAttribute("src");
let chosen = null;

function showLogo() {
  if (chosen) URL.revokeObjectURL(chosen);
  const file = field("file")?.files[0];
  chosen = file && ["image/png", "image/jpeg", "image/webp"].includes(file.type) ? URL.createObjectURL(file) : null;
  const address = chosen ?? (field("logo_remove")?.checked ? "/icons/akkoord.svg" : saved);
  for (const picture of pictures()) picture.src = address;
}

// ---- The mail ----

let waiting = 0;
function renewMail() {
  const frame = frames.find((one) => one.dataset.shows === "mail");
  const now = new URLSearchParams(["accent", "name", "phone", "sender_name"].map((name) => [name, field(name).value.trim()]));
  // The address is replaced, so that going back in the history leads to the page before.
  frame.contentWindow.location.replace(`/kantoor/portaal/voorbeeld/mail?${now}`);
}

// ---- All of it ----

const undo = document.querySelector(`button[type="reset"][form="${form.id}"]`);
const mark = document.querySelector("#niet-opgeslagen > span");

function showState(changed) {
  if (mark) mark.hidden = !changed;
  if (undo) undo.hidden = !changed;
}

const WRITTEN = ["name", "phone", "welcome_nl", "welcome_en"];

function showAll() {
  WRITTEN.forEach(write);
  take(colour.value.trim().toLowerCase());
  showLogo();
}

form.addEventListener("input", ({ target }) => {
  if (target === picker || target.name === "swatch") colour.value = target.value;
  if (WRITTEN.includes(target.name)) write(target.name);
  take(colour.value.trim().toLowerCase());
  showState(true);
  clearTimeout(waiting);
  waiting = setTimeout(renewMail, PAUSE);
});
form.addEventListener("change", ({ target }) => {
  if (["file", "logo_remove"].includes(target.name)) showLogo();
});
form.addEventListener("reset", () => {
  // The form is reset after this event, so the fields have their former values only later.
  queueMicrotask(() => setTimeout(() => (showAll(), renewMail(), showState(false))));
});
for (const frame of frames) frame.addEventListener("load", showAll);
showAll();
