// Encrypts what is kept on the device. Each login has two keys of its own:
//
//   main  everything that the firm's server has as well;
//   work  what is only here: the outbox, what was set aside, unsent files.
//
// Both are random AES-GCM keys and are themselves kept sealed: by a key of this
// browser that no script can read out (`device`), and `main` also by a secret of
// the passkey (the PRF extension, Web Authentication Level 3, section 10.1.4).
// Locking removes the first seal of `main`: then only the passkey opens it. `work`
// keeps its seal of the browser, so a passkey that loses its secret never costs
// unsent work.
//
// A sealed value: the bytes "akk" 1, then 0 (main) or 1 (work), 12 bytes of nonce,
// the ciphertext. The name of the entry is authenticated with it.

const MAGIC = [0x61, 0x6b, 0x6b, 1];
const HEAD = MAGIC.length + 1;
const NONCE = 12;
const STORE = "keys";
const TEXT = new TextEncoder();

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const random = (length) => crypto.getRandomValues(new Uint8Array(length));

const aes = (raw) => crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

async function seal(key, name, bytes) {
  const iv = random(NONCE);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: TEXT.encode(name) }, key, bytes);
  return { iv, sealed };
}

const unseal = (key, name, { iv, sealed }) =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: TEXT.encode(name) }, key, sealed);

/** The key that a passkey's secret gives on this device. */
async function keyOfSecret(secret, salt) {
  const material = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: TEXT.encode("akkoord device vault v1") };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function sealBySecret(secret, raw) {
  const salt = random(32);
  return { salt, ...(await seal(await keyOfSecret(secret, salt), "main", raw)) };
}

export class Vaults {
  #database;
  /** Account → {main, work}: the keys of the vaults that are open. */
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

  /** "absent", "open" or "locked". Opens what needs no passkey. */
  async state(account) {
    const record = await this.#read(account);
    if (!record) return "absent";
    if (record.gate || !record.main.device) return "locked";
    if (!this.#open.has(account)) await this.#hold(account, record, await unseal(record.device, "main", record.main.device));
    return "open";
  }

  /** Opens the vault of somebody who proved to be there. False when the secret does not fit. */
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
    // The secret of another passkey of the same person, or the first one.
    if (secret) main.secret = await sealBySecret(secret, raw);
    const opened = { ...record, gate: false, main };
    await this.#write(account, opened);
    await this.#hold(account, opened, raw);
    return true;
  }

  /**
   * After a login: opens the vault, makes it where it is absent. True when its
   * main key had to be made anew, because nothing opens the old one any more:
   * then what it sealed is worthless, and the server has all of it.
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

  /** Until `unlock`: the passkey alone opens it, or at least is asked for. */
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

  /** What is stored under `name` for `bytes` of `account`. What belongs to nobody stays as it is. */
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

  /** What `seal` was given; undefined for what cannot be opened. */
  async open(name, value, account) {
    // What an earlier build kept is sealed when it is written again.
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
