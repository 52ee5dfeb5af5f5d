// Tests of the script that asks for passkeys, with browsers and password managers that lack or break the newest parts
// of it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

// A file that is served as a script is no file of this package, so Node would not know that it is a module.
const source = await readFile(new URL("../../assets/passkey.js", import.meta.url));
const passkey = await import(`data:text/javascript;base64,${source.toString("base64")}`);

const buffer = (...numbers) => new Uint8Array(numbers).buffer;
const OPTIONS = JSON.stringify({
  publicKey: { challenge: "AQID", user: { id: "BAUG", name: "marieke", displayName: "Marieke Jansen" }, excludeCredentials: [{ type: "public-key", id: "BwgJ" }] },
});

/** A passkey as an authenticator answers that knows no JSON. */
const made = (more = {}) => ({
  id: "_-8",
  rawId: buffer(255, 239),
  type: "public-key",
  getClientExtensionResults: () => ({ prf: { enabled: true, results: { first: buffer(1, 2, 3) } } }),
  response: { clientDataJSON: buffer(1), attestationObject: buffer(2), getTransports: () => ["internal"] },
  ...more,
});

/** A browser in which `PublicKeyCredential` has these functions, and the authenticator answers so. */
function browser(t, functions, credentials) {
  const globals = { PublicKeyCredential: functions, navigator: { credentials } };
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true });
  t.after(() => Object.keys(globals).forEach((name) => delete globalThis[name]));
}

test("a browser without the JSON of Web Authentication makes a passkey all the same", async (t) => {
  let asked;
  browser(t, {}, { create: async ({ publicKey }) => ((asked = publicKey), made()) });
  const [json, secret] = await passkey.create(OPTIONS);
  assert.deepEqual([...asked.challenge], [1, 2, 3]);
  assert.deepEqual([...asked.user.id], [4, 5, 6]);
  assert.deepEqual([...asked.excludeCredentials[0].id], [7, 8, 9]);
  assert.equal(asked.user.name, "marieke");
  const answer = JSON.parse(json);
  assert.equal(answer.rawId, "_-8");
  assert.deepEqual(answer.response, { clientDataJSON: "AQ", attestationObject: "Ag", transports: ["internal"] });
  assert.deepEqual([...secret], [1, 2, 3]);
});

test("the secret of a passkey stays out of what the server gets", async (t) => {
  browser(t, {}, { create: async () => made() });
  assert.doesNotMatch((await passkey.create(OPTIONS))[0], /prf/);
  const native = { toJSON: () => ({ id: "native", clientExtensionResults: { prf: { results: { first: "AQID" } } } }) };
  browser(t, {}, { create: async () => made(native) });
  assert.deepEqual(JSON.parse((await passkey.create(OPTIONS))[0]), { id: "native", clientExtensionResults: {} });
});

test("an answer of a password manager on which the browser's own functions fail is read without them", async (t) => {
  const refuse = () => {
    throw new TypeError("Illegal invocation");
  };
  const response = { clientDataJSON: buffer(1), authenticatorData: buffer(2), signature: buffer(3), userHandle: buffer(4) };
  browser(t, { parseRequestOptionsFromJSON: refuse }, { get: async () => made({ toJSON: refuse, getClientExtensionResults: undefined, response }) });
  const [json, secret] = await passkey.get(OPTIONS);
  assert.deepEqual(JSON.parse(json).response, { clientDataJSON: "AQ", authenticatorData: "Ag", signature: "Aw", userHandle: "BA" });
  assert.equal(secret, undefined);
});

test("an authenticator that stumbles over the extension is asked once more, a person who said no is not", async (t) => {
  const fails = (name) => {
    let times = 0;
    const create = async ({ publicKey }) => {
      times += 1;
      if (publicKey.extensions || name === "NotAllowedError") throw Object.assign(new Error(), { name });
      return made();
    };
    return [create, () => times];
  };
  const [stumbles, times] = fails("UnknownError");
  browser(t, {}, { create: stumbles });
  await passkey.create(OPTIONS);
  assert.equal(times(), 2);
  const [refused, once] = fails("NotAllowedError");
  browser(t, {}, { create: refused });
  await assert.rejects(passkey.create(OPTIONS), (word) => word === "cancelled");
  assert.equal(once(), 1);
});

test("each failure leaves as a word for which the page has a sentence", async (t) => {
  await assert.rejects(passkey.get(OPTIONS), (word) => word === "unsupported");
  for (const [name, expected] of [["AbortError", "cancelled"], ["SecurityError", "unsupported"], ["InvalidStateError", "exists"], ["DataError", "failed"]]) {
    browser(t, {}, { create: async () => { throw Object.assign(new Error(), { name }); } });
    await assert.rejects(passkey.create(OPTIONS), (word) => word === expected, name);
  }
});

test("a window inside an app is told from a browser", () => {
  const ios = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
  const safari = `${ios} Version/18.5 Mobile/15E148 Safari/604.1`;
  const android = "Mozilla/5.0 (Linux; Android 15; Pixel 8";
  const chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";
  const cases = [
    [safari, true, "browser"],
    [`${ios} Mobile/15E148`, true, "ios"],
    [`${safari} GSA/390.0`, true, "ios"],
    [`${android}) ${chrome}`, true, "browser"],
    [`${android}; wv) ${chrome}`, true, "inside"],
    [`${android}; wv) ${chrome}`, false, "inside"],
    ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140 Safari/537.36", true, "browser"],
    ["Mozilla/5.0 (Windows NT 10.0; rv:60.0) Gecko/20100101 Firefox/59.0", false, "without"],
  ];
  for (const [userAgent, hasPasskeys, expected] of cases) assert.equal(passkey.placeOf(userAgent, hasPasskeys), expected, userAgent);
});
