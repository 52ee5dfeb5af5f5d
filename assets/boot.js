// Starts the app behind the page that is painted first (the shell) or in a page before the app (entrance.js), keeps
// the service worker current, and reports it if the app cannot run. It never touches a person's data, which are in
// IndexedDB and opened only by the app.
//
// Contract with the app:
//   window event "akkoord-update"   → a newer version is ready (also: <html data-update="ready">)
//   window event "akkoord-activate" ← the app says: now is a good moment, nothing is being typed
//   localStorage "akkoord.shell"    ← {"firm","accent","logo","language","phone","login"}: what the shell may
//                                     show before the app runs; nothing personal belongs in it.
//   <link id="brand">               ← the app names the style sheet of the firm's colour
const root = document.documentElement;

// True if the service worker has the app cached on this device.
const isKept = Boolean(navigator.serviceWorker?.controller);

const main = document.getElementById("main");
const shell = document.getElementById("shell");

/** True if this is a page of the server, which decides when the app starts. */
const isEntrance = "entrance" in shell.dataset;

/** Address of the app's code in the worker's cache (CACHE and keyOf in sw.js), written by the build for release. */
const KEPT = "";

// Reads the code directly from the cache: through the worker, which has to copy each byte, it takes thrice as long.
async function takeKept() {
  const cache = await caches.open("akkoord-files");
  return WebAssembly.compileStreaming(cache.match(KEPT));
}

// The code is requested before anything else.
const atHand = isKept && KEPT && !isEntrance ? takeKept().catch(() => undefined) : undefined;

const TEXT = {
  nl: {
    tabs: ["Overzicht", "Sturen", "Archief", "Gegevens"],
    menu: "Hoofdmenu",
    opening: "Akkoord wordt geopend…",
    first: "De eerste keer duurt het openen iets langer. Daarna opent Akkoord meteen, ook zonder internet.",
    slow: "Dit duurt langer dan anders. Blijft dit scherm leeg? Werk dan uw browser bij, of bel uw adviseur.",
    again: "Probeer opnieuw",
    call: ["Lukt het niet? Bel uw adviseur: die helpt u verder.", "Lukt het niet? Bel uw adviseur: "],
    network: ["Akkoord kon niet worden opgehaald.", "Voor de eerste keer heeft u internet nodig. Controleer uw verbinding en probeer het opnieuw."],
    browser: ["Akkoord start niet in deze browser.", "Werk uw telefoon of browser bij, of open de link op een ander apparaat. Wat u eerder heeft ingevuld blijft bewaard."],
    stopped: ["Akkoord is gestopt.", "Wat al bewaard was, staat nog op dit apparaat. Open de app opnieuw om verder te gaan."],
    reopen: "Open opnieuw",
  },
  en: {
    tabs: ["Overview", "Send", "Archive", "Details"],
    menu: "Main menu",
    opening: "Opening Akkoord…",
    first: "Opening takes a little longer the first time. After that Akkoord opens at once, also without internet.",
    slow: "This takes longer than usual. If this screen stays empty, update your browser or phone your advisor.",
    again: "Try again",
    call: ["Still stuck? Phone your advisor, who will help you on.", "Still stuck? Phone your advisor: "],
    network: ["Akkoord could not be loaded.", "The first time you need internet. Check your connection and try again."],
    browser: ["Akkoord does not start in this browser.", "Update your phone or browser, or open the link on another device. What you filled in before is still kept."],
    stopped: ["Akkoord has stopped.", "What was saved is still on this device. Open the app again to carry on."],
    reopen: "Open again",
  },
};

function remembered() {
  try {
    const known = JSON.parse(localStorage.getItem("akkoord.shell") ?? "{}");
    return known !== null && typeof known === "object" ? known : {};
  } catch {
    return {}; // no storage, or not ours: the plain shell is right
  }
}

const known = remembered();
const preferred = navigator.language?.startsWith("nl") === false && !known.firm ? "en" : "nl";
const language = isEntrance ? root.lang : (known.language ?? preferred);
const text = TEXT[language === "en" ? "en" : "nl"];

function wearLogo(picture) {
  const plain = picture.src;
  picture.addEventListener("error", () => (picture.src = plain), { once: true });
  picture.classList.remove("shell__logo");
  picture.src = `/api/logos/${known.logo}`;
}

function dressShell() {
  root.lang = text === TEXT.en ? "en" : "nl";
  const brand = Object.assign(document.createElement("link"), { id: "brand", rel: "stylesheet" });
  if (/^#[0-9a-f]{6}$/i.test(known.accent ?? "")) {
    root.style.setProperty("--accent", known.accent);
    brand.href = `/api/accents/${known.accent.slice(1)}`;
  }
  document.head.append(brand);
  if (/^[0-9a-f]{64}$/.test(known.logo ?? "")) wearLogo(document.querySelector("#shell .firm__logo"));
  document.getElementById("shell-status").textContent = text.opening;
  const first = document.getElementById("shell-first");
  first.textContent = text.first;
  // With the app cached, it opens before anybody could read this text.
  first.hidden = isKept;
  document.getElementById("shell-slow").textContent = text.slow;
  if (typeof known.firm !== "string") return;
  document.getElementById("shell-firm").textContent = known.firm;
  const tabs = document.getElementById("shell-tabs");
  tabs.setAttribute("aria-label", text.menu);
  const here = `/${location.pathname.split("/")[1]}`;
  tabs.querySelectorAll("a").forEach((link, i) => {
    link.querySelector("span").textContent = text.tabs[i];
    if (link.getAttribute("href") === here) link.setAttribute("aria-current", "page");
  });
  // The screen of a task shows no tabs.
  tabs.hidden = here === "/taken";
}

// ---- Reporting that the app cannot run --------------------------------------

function notice([title, advice], action) {
  const box = document.createElement("div");
  box.className = "notice notice--bad";
  box.setAttribute("role", "alert");
  const icon = document.createElement("i");
  icon.className = "icon icon-triangle-alert";
  icon.setAttribute("aria-hidden", "true");
  const strong = document.createElement("strong");
  strong.textContent = title;
  const what = document.createElement("p");
  what.textContent = advice;
  const call = document.createElement("p");
  call.textContent = text.call[0];
  if (typeof known.phone === "string" && known.phone) {
    const phone = document.createElement("a");
    phone.className = "nowrap";
    phone.href = `tel:${known.phone.replace(/[^+\d]/g, "")}`;
    phone.textContent = known.phone;
    call.replaceChildren(text.call[1], phone);
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn--s shell__again";
  button.textContent = action;
  button.addEventListener("click", () => location.reload());
  box.append(icon, strong, what, call, button);
  return box;
}

let stopped = false;

function fail(why) {
  if (stopped) return;
  stopped = true;
  if (shell.isConnected) {
    const page = shell.querySelector("main");
    page.classList.add("shell__failed");
    page.append(notice(text[why], text.again));
    root.dataset.app = "failed";
  } else {
    const box = notice(text.stopped, text.reopen);
    box.classList.add("shell__stopped");
    document.body.append(box);
    root.dataset.app = "stopped";
  }
}

// After a trap in wasm the app would look alive but save nothing.
const isTrap = (error) => typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;
addEventListener("error", (event) => isTrap(event.error) && fail("browser"));
addEventListener("unhandledrejection", (event) => isTrap(event.reason) && fail("browser"));

// ---- Starting --------------------------------------------------------------

const drawn = new Promise((resolve) => {
  new MutationObserver((_, observer) => {
    if (!main.firstElementChild) return;
    observer.disconnect();
    shell.remove();
    root.dataset.app = "running";
    performance.mark("app-rendered");
    resolve();
  }).observe(main, { childList: true });
});

/** Waits until the shell is painted. A slow connection should load the shell first, because the app is much larger. */
function shellPainted() {
  // There is no reason to wait if the app is cached, or if the page is hidden and so never painted.
  if (isKept || document.hidden) return Promise.resolve();
  return new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
}

performance.mark("boot");

async function compiled() {
  return (await atHand) ?? WebAssembly.compileStreaming(fetch("/app_bg.wasm", { priority: "low" }));
}

let code;

/** Downloads and compiles the app, so that `start` has nothing to wait for. */
export function prepare() {
  // A preload would leave out what they import. If one cannot be downloaded, that is reported when the app starts.
  for (const script of ["/device.js", "/app.js"]) import(script).catch(() => undefined);
  code ??= compiled();
  // If the download fails now, it is tried again when the app starts, and reported then.
  code.then(keepApp, () => (code = undefined));
}

/** Starts the app. `arrival` holds who just logged in here, and the passkey's secret (device.js). */
export async function start(arrival) {
  try {
    code ??= compiled();
    // It is imported here and not at the top: a static import that fails would keep this file from reporting it.
    const [{ default: init }, compiledCode] = await Promise.all([import("/app.js"), code, import("/device.js")]);
    akkoord.entrance.expect(arrival);
    await init({ module_or_path: compiledCode });
    performance.mark("wasm-started");
  } catch (error) {
    console.warn("the app did not start:", error);
    // A failed download gives a TypeError; wasm that this browser cannot run gives a CompileError or LinkError.
    return fail(error instanceof TypeError ? "network" : "browser");
  }
  await drawn;
  await keepApp();
}

/** True if the app has never run in this browser, where it would have made its database (platform/browser/storage.rs). */
async function isStranger() {
  if (known.firm) return false;
  const databases = await globalThis.indexedDB?.databases?.().catch(() => undefined);
  return databases?.every(({ name }) => name !== "akkoord") ?? false;
}

async function startHere() {
  dressShell();
  // The app would also go there, but only after it was downloaded.
  if (await isStranger()) return location.replace("/inloggen");
  await shellPainted();
  await start();
}

if (!isEntrance) startHere();

// ---- Installing ------------------------------------------------------------

// The browser offers the installation once and early. The app asks at a moment that suits the person.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  globalThis.akkoordInstall = event;
});

// ---- Newer versions --------------------------------------------------------

// A new worker waits until the app reports that nothing is being typed, or until every tab is closed.
let waiting = null;
let reloadWanted = false;
let outdated = false;

function announce() {
  root.dataset.update = "ready";
  dispatchEvent(new CustomEvent("akkoord-update"));
}

function follow(registration) {
  const offer = (worker) => {
    if (!worker || !navigator.serviceWorker.controller) return; // the very first version is no update
    waiting = worker;
    announce();
  };
  offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => worker.state === "installed" && offer(worker));
  });
  // An installed app stays open for days, but the browser checks for a new version only on navigation.
  const look = () => document.visibilityState === "visible" && registration.update().catch(() => undefined);
  document.addEventListener("visibilitychange", look);
  addEventListener("online", look);
}

let kept;

/** Has the worker cache the app on this device, and the login page with it. */
function keepApp() {
  if (!("serviceWorker" in navigator)) return;
  kept ??= navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).then(follow, (error) => {
    console.warn("no service worker:", error); // the app works, but not after a reload without network
  });
  const login = root.dataset.login ?? known.login;
  if (login) navigator.serviceWorker.ready.then(({ active }) => active.postMessage({ type: "keep-page", path: login }));
}

if ("serviceWorker" in navigator) {
  const hadController = Boolean(navigator.serviceWorker.controller);
  addEventListener("akkoord-activate", () => {
    if (outdated || !waiting) {
      if (outdated) location.reload();
      return;
    }
    reloadWanted = true;
    waiting.postMessage({ type: "activate" });
  });
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (reloadWanted) {
      location.reload();
    } else if (hadController) {
      outdated = true; // another tab took the new version: this one reloads when its own moment is right
      announce();
    }
  });
}
