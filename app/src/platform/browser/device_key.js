// Keys of this device that sign approvals where the passkey cannot be asked. The
// browser makes them and never gives the private half away; they lie beside the
// vaults' own records, under `sign/<login>/<person>`.

const STORE = "keys";
const CURVE = { name: "ECDSA", namedCurve: "P-256" };

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

// The database is made by the app's store; here it is only opened, and closed
// again so that no later version waits for it.
async function within(mode, work) {
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

/** Makes a key; its public half, an uncompressed point. Kept only by `keep`. */
export async function make() {
  const pair = await crypto.subtle.generateKey(CURVE, false, ["sign"]);
  const open = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  made = { secret: pair.privateKey, open };
  return open;
}

/** Keeps the key that was made last. */
export const keep = (name) => within("readwrite", (store) => done(store.put(made, name)));

/** The public half of a key; undefined where there is none. */
export const open = (name) => within("readonly", async (store) => (await done(store.get(name)))?.open);

/** 64 bytes: r and s. */
export async function sign(name, bytes) {
  const key = await within("readonly", (store) => done(store.get(name)));
  return new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key.secret, bytes));
}

/** Forgets all keys whose name begins so. */
export const forget = (prefix) =>
  within("readwrite", (store) => done(store.delete(IDBKeyRange.bound(prefix, `${prefix}\uffff`, false, true))));
