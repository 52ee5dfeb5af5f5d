// What an installed app has beside its pages: its badge, its install question,
// room on the device, and files that another app shared with it.

const LATER = "akkoord.install"; // when the person said «not now»
const SHARED = "akkoord-shared"; // the cache in which sw.js puts shared files

export const setBadge = (open) => {
  if (!navigator.setAppBadge) return;
  // Refused where the app is not installed: then there is nothing to put a badge on.
  (open > 0 ? navigator.setAppBadge(open) : navigator.clearAppBadge()).catch(() => undefined);
};

const isInstalled = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
const isApple = () => /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
const saidLater = () => {
  try {
    return localStorage.getItem(LATER) !== null;
  } catch {
    return true; // nowhere to remember an answer: not asked
  }
};

/** "ask" (the browser asks), "explain" (the person has to do it), or "" (nothing to offer). */
export const installOffer = () => {
  if (isInstalled() || saidLater()) return "";
  if (isApple()) return "explain";
  return globalThis.akkoordInstall ? "ask" : "";
};

export const install = () => {
  globalThis.akkoordInstall?.prompt();
  globalThis.akkoordInstall = undefined;
};

export const installLater = () => {
  try {
    localStorage.setItem(LATER, new Date().toISOString());
  } catch {
    // It is offered again next time: no harm.
  }
};

/** [bytes used, bytes there are, whether the browser promises not to clear them] */
export const room = async () => {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return [usage, quota, (await navigator.storage?.persisted?.()) ?? false];
};

/** Asks the browser not to clear what is kept here; some ask the person. */
export const keepRoom = async () => (await navigator.storage?.persist?.()) ?? false;

/** Gives files that another app shared to the page's file chooser, as if they were chosen there. */
export const deliverShared = async () => {
  if (!("caches" in globalThis) || !(await caches.has(SHARED))) return;
  const input = document.querySelector("input[type=file][multiple]");
  if (!input) return;
  const cache = await caches.open(SHARED);
  const chosen = new DataTransfer();
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    const name = decodeURIComponent(response.headers.get("x-file-name") ?? "document");
    chosen.items.add(new File([await response.blob()], name, { type: response.headers.get("content-type") ?? "" }));
  }
  await caches.delete(SHARED);
  if (!chosen.files.length) return;
  input.files = chosen.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
};
