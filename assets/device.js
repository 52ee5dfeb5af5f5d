// What the app asks of the browser and only scripts can do: encrypted storage, keys, passkeys, installation, and
// exclusive use by one tab. All is under one global, `akkoord`, so that no script has to be bundled with the generated
// one.
import * as passkey from "/passkey.js";

/** Object store of the app's database with the keys: the vaults' records, and the keys of this device that sign. */
const STORE = "keys";

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

// ---- The vaults: data on the device are encrypted ---------------------------
//
// Each login has two keys of its own:
//
//   main  for everything that the firm's server has as well;
//   work  for what exists only here: the outbox, the quarantine, unsent files.
//
// Both are random AES-GCM keys and are stored encrypted: by a key of this browser
// that no script can read (`device`), and `main` also by a secret of the passkey
// (the PRF extension, Web Authentication Level 3, section 10.1.4). Locking deletes
// the first copy of `main`, so that only the passkey opens it. `work` stays
// encrypted by the browser's key, so a passkey that loses its secret never costs
// unsent work.
//
// An encrypted value consists of the bytes "akk" 1, then 0 (main) or 1 (work), 12
// bytes of nonce, and the ciphertext, which also authenticates the entry's name.

const MAGIC = [0x61, 0x6b, 0x6b, 1];
const HEAD = MAGIC.length + 1;
const NONCE = 12;
const TEXT = new TextEncoder();

const random = (length) => crypto.getRandomValues(new Uint8Array(length));

const aes = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

async function seal(key, name, bytes) {
  const iv = random(NONCE);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: TEXT.encode(name) }, key, bytes);
  return { iv, sealed };
}

const unseal = (key, name, { iv, sealed }) =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: TEXT.encode(name) }, key, sealed);

/** Derives the key that a passkey's secret gives on this device. */
async function keyOfSecret(secret, salt) {
  const material = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: TEXT.encode("akkoord device vault v1") };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function sealBySecret(secret, raw) {
  const salt = random(32);
  return { salt, ...(await seal(await keyOfSecret(secret, salt), "main", raw)) };
}

class Vaults {
  #database;
  /** Map from account to {main, work}: the keys of the vaults that are open. */
  #open = new Map();

  constructor(database) {
    this.#database = database;
  }

  #records(mode) {
    return this.#database.transaction(STORE, mode, { durability: "strict" }).objectStore(STORE);
  }

  #read(account) {
    return done(this.#records("readonly").get(account));
  }

  async #write(account, record) {
    const store = this.#records("readwrite");
    store.put(record, account);
    store.transaction.commit?.();
    await new Promise((resolve, reject) => {
      store.transaction.oncomplete = resolve;
      store.transaction.onabort = () => reject(store.transaction.error);
    });
  }

  async #hold(account, record, main) {
    const work = await aes(await unseal(record.device, "work", record.work));
    this.#open.set(account, { main: main && (await aes(main)), work });
  }

  /** Returns "absent", "open" or "locked". Opens a vault that needs no passkey. */
  async state(account) {
    const record = await this.#read(account);
    if (!record) return "absent";
    if (record.gate || !record.main.device) return "locked";
    if (!this.#open.has(account)) await this.#hold(account, record, await unseal(record.device, "main", record.main.device));
    return "open";
  }

  /** Opens the vault of somebody who proved to be there. Returns false if the secret does not fit. */
  async unlock(account, secret) {
    const record = await this.#read(account);
    if (!record) return false;
    let raw;
    if (record.main.device) {
      raw = await unseal(record.device, "main", record.main.device);
    } else {
      if (!secret || !record.main.secret) return false;
      try {
        raw = await unseal(await keyOfSecret(secret, record.main.secret.salt), "main", record.main.secret);
      } catch {
        return false;
      }
    }
    const main = { ...record.main, device: await seal(record.device, "main", raw) };
    // The secret may be the first one, or that of another passkey of the same person.
    if (secret) main.secret = await sealBySecret(secret, raw);
    const opened = { ...record, gate: false, main };
    await this.#write(account, opened);
    await this.#hold(account, opened, raw);
    return true;
  }

  /**
   * Opens the vault after a login, and creates it if there is none. Returns true if nothing opened the old main key
   * any more, so that a new one was made. What the old one encrypted is then worthless, and the server has it all.
   */
  async admit(account, secret) {
    const record = await this.#read(account);
    if (record && (await this.unlock(account, secret))) return false;
    const device =
      record?.device ?? (await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]));
    const raw = random(32);
    const main = { device: await seal(device, "main", raw), secret: secret && (await sealBySecret(secret, raw)) };
    const made = { device, gate: false, main, work: record?.work ?? (await seal(device, "work", random(32))) };
    await this.#write(account, made);
    await this.#hold(account, made, raw);
    return Boolean(record);
  }

  /** Locks the vault until `unlock`. Only the passkey opens it again; one without a secret is still asked for. */
  async lock(account) {
    const record = await this.#read(account);
    this.#open.delete(account);
    if (!record) return;
    const main = record.main.secret ? { secret: record.main.secret } : record.main;
    await this.#write(account, { ...record, gate: true, main });
  }

  #keyFor(account, isWork) {
    if (account === undefined) return undefined;
    const key = this.#open.get(account)?.[isWork ? "work" : "main"];
    if (!key) throw new Error("locked");
    return key;
  }

  /** Encrypts `bytes` of `account`, to be stored under `name`. Bytes that belong to nobody stay as they are. */
  async seal(name, bytes, account, isWork) {
    const key = this.#keyFor(account, isWork);
    if (!key) return bytes;
    const { iv, sealed } = await seal(key, name, bytes);
    const value = new Uint8Array(HEAD + NONCE + sealed.byteLength);
    value.set(MAGIC);
    value[MAGIC.length] = isWork ? 1 : 0;
    value.set(iv, HEAD);
    value.set(new Uint8Array(sealed), HEAD + NONCE);
    return value;
  }

  /** Decrypts what `seal` returned. Returns undefined if that is impossible. */
  async open(name, value, account) {
    // An entry of an earlier release is not encrypted until it is written again.
    if (!MAGIC.every((byte, at) => value[at] === byte)) return value;
    try {
      const key = this.#keyFor(account, value[MAGIC.length] === 1);
      const iv = value.subarray(HEAD, HEAD + NONCE);
      return new Uint8Array(await unseal(key, name, { iv, sealed: value.subarray(HEAD + NONCE) }));
    } catch (error) {
      console.warn(`an entry of this device cannot be opened: ${error.name}`);
      return undefined;
    }
  }

  openAll(names, values, accounts) {
    return Promise.all(names.map((name, at) => this.open(name, values[at], accounts[at])));
  }
}

// ---- Keys of this device ----------------------------------------------------

// These keys sign approvals if the passkey cannot be asked. The browser makes them and never gives the private half
// away. They are stored beside the vaults' records, under `sign/<login>/<person>`.
const CURVE = { name: "ECDSA", namedCurve: "P-256" };

// Opens the database that the app has created, and closes it again so that no later version has to wait.
async function withKeys(mode, work) {
  const database = await done(indexedDB.open("akkoord"));
  try {
    const transaction = database.transaction(STORE, mode, { durability: "strict" });
    const ended = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const result = await work(transaction.objectStore(STORE));
    await ended;
    return result;
  } finally {
    database.close();
  }
}

let made;

const deviceKey = {
  /** Makes a key. Returns its public half, an uncompressed point. Only `keep` stores the key. */
  async make() {
    const pair = await crypto.subtle.generateKey(CURVE, false, ["sign"]);
    const open = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
    made = { secret: pair.privateKey, open };
    return open;
  },

  /** Stores the key that was made last. */
  keep: (name) => withKeys("readwrite", (store) => done(store.put(made, name))),

  /** Returns the public half of a key, or undefined if there is no such key. */
  open: (name) => withKeys("readonly", async (store) => (await done(store.get(name)))?.open),

  /** Signs with a key. Returns 64 bytes: r and s. */
  async sign(name, bytes) {
    const key = await withKeys("readonly", (store) => done(store.get(name)));
    return new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key.secret, bytes));
  },

  /** Deletes all keys whose names begin with `prefix`. */
  forget: (prefix) =>
    withKeys("readwrite", (store) => done(store.delete(IDBKeyRange.bound(prefix, `${prefix}\uffff`, false, true)))),
};

// ---- The installed app: badge, storage space, shared files -----------------

const LATER = "akkoord.install"; // when the person said «not now»
const SHARED = "akkoord-shared"; // the cache in which sw.js puts shared files

const setBadge = (open) => {
  if (!navigator.setAppBadge) return;
  // The browser refuses if the app is not installed, and then there is no icon for a badge.
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

/** Returns "ask" (the browser asks), "explain" (the person has to do it), or "" (there is nothing to offer). */
const installOffer = () => {
  if (isInstalled() || saidLater()) return "";
  if (isApple()) return "explain";
  return globalThis.akkoordInstall ? "ask" : "";
};

const install = () => {
  globalThis.akkoordInstall?.prompt();
  globalThis.akkoordInstall = undefined;
};

const installLater = () => {
  try {
    localStorage.setItem(LATER, new Date().toISOString());
  } catch {
    // If this cannot be stored, the app offers it again next time, which does no harm.
  }
};

/** Returns [bytes used, bytes available, whether the browser promises not to clear them]. */
const room = async () => {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return [usage, quota, (await navigator.storage?.persisted?.()) ?? false];
};

/** Asks the browser not to clear what is stored here. Some browsers ask the person. */
const keepRoom = async () => (await navigator.storage?.persist?.()) ?? false;

/** Passes files that another app shared to the page's file chooser, as if they were chosen there. */
const deliverShared = async () => {
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

const installed = { setBadge, installOffer, install, installLater, room, keepRoom, deliverShared };

// ---- One tab, and the network -----------------------------------------------

const tab = {
  /** Makes this tab the one that uses the device's store. Calls `lost` when another tab takes over. */
  hold(lost) {
    if (!navigator.locks) return;
    navigator.locks.request("akkoord-device", { steal: true }, () => new Promise(() => {})).catch(() => lost());
  },

  /** Calls `wake` when it is worth trying the network again. */
  onWake(wake) {
    addEventListener("online", () => wake());
    addEventListener("offline", () => wake());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") wake();
    });
  },
};

// ---- Login on the pages before the app --------------------------------------

// Holds who just logged in on this page and the passkey's secret, in memory only. It is given once.
let arrival;

const entrance = {
  /** Takes a promise for which the app waits: of [identity as JSON, secret or undefined], or of nothing. */
  expect: (promise) => (arrival = promise),

  take() {
    const taken = arrival;
    arrival = undefined;
    return Promise.resolve(taken);
  },
};

// ---- Scripts that are loaded when they are first needed ----------------------

// The service worker caches both scripts, so they load without a network.
const papers = {
  prepare: async (bytes, type) => (await import("/papers.js")).prepare(bytes, type),
  turn: async (page) => (await import("/papers.js")).turn(page),
  bind: async (pages) => (await import("/papers.js")).bind(pages),
};

const exporter = {
  async begin() {
    const { ExportFile } = await import("/export.js");
    return new ExportFile();
  },
  add: (zip, path, bytes) => zip.add(path, bytes),
  finish: (zip, page, name) => zip.finish(page, name),
};

const reading = () => import("/reader/open.js");

const reader = {
  open: (root, ...rest) =>
    reading().then(
      ({ open }) => open(root, ...rest),
      () => (root.querySelector("[data-part=state]").textContent = root.dataset.away),
    ),
  close: (id) => reading().then(({ close }) => close(id), () => {}),
  thumbnail: async (canvas, bytes) => (await reading()).thumbnail(canvas, bytes),

  /** Loads the reader while the document is still on its way. */
  prepare() {
    reader.keep();
    reading().then(({ prepare }) => prepare()).catch(() => {});
  },

  /** Has the service worker cache the reader, if there is one. */
  keep: () => navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage({ type: "keep-reader" })),
};

globalThis.akkoord = Object.freeze({ Vaults, deviceKey, entrance, exporter, installed, papers, passkey, reader, tab });
