// Asks the browser for passkeys, for the app, the pages before it and the console. It throws one of four words, so
// that each page can show a sentence of its own: cancelled, unsupported, exists, failed.

const word = (error) => {
  if (error === "unsupported") return error;
  if (error?.name === "NotAllowedError" || error?.name === "AbortError") return "cancelled";
  if (error?.name === "NotSupportedError" || error?.name === "SecurityError") return "unsupported";
  if (error?.name === "InvalidStateError") return "exists";
  return "failed";
};

const guard = async (work) => {
  try {
    if (!globalThis.PublicKeyCredential) throw "unsupported";
    return await work();
  } catch (error) {
    throw word(error);
  }
};

const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const descriptors = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

/**
 * Converts with the browser's own function, or else with ours. Browsers from before 2025 lack the JSON of Web
 * Authentication Level 3, and some password managers return objects on which the browser's own function fails.
 */
const either = (native, ours) => {
  try {
    return native() ?? ours();
  } catch {
    return ours();
  }
};

const creation = (json) =>
  either(
    () => PublicKeyCredential.parseCreationOptionsFromJSON?.(json),
    () => ({
      ...json,
      challenge: bytes(json.challenge),
      user: { ...json.user, id: bytes(json.user.id) },
      excludeCredentials: descriptors(json.excludeCredentials),
    }),
  );

const request = (json) =>
  either(
    () => PublicKeyCredential.parseRequestOptionsFromJSON?.(json),
    () => ({ ...json, challenge: bytes(json.challenge), allowCredentials: descriptors(json.allowCredentials) }),
  );

const extensionsOf = (credential) => credential.getClientExtensionResults?.() ?? {};

const responseOf = (response) => {
  const clientDataJSON = base64url(response.clientDataJSON);
  if (response.attestationObject) {
    return { clientDataJSON, attestationObject: base64url(response.attestationObject), transports: response.getTransports?.() };
  }
  return {
    clientDataJSON,
    authenticatorData: base64url(response.authenticatorData),
    signature: base64url(response.signature),
    userHandle: response.userHandle ? base64url(response.userHandle) : undefined,
  };
};

const plain = (credential) => {
  const json = either(
    () => credential.toJSON?.(),
    () => ({
      id: credential.id,
      rawId: base64url(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
      clientExtensionResults: { ...extensionsOf(credential) },
      response: responseOf(credential.response),
    }),
  );
  // Results of the PRF extension are secrets of this device, so they never leave it.
  if (json.clientExtensionResults) delete json.clientExtensionResults.prf;
  return JSON.stringify(json);
};

const options = (json) => {
  const parsed = JSON.parse(json);
  return parsed.publicKey ?? parsed;
};

// Requests the passkey's secret for this device (PRF extension). The input is the same on every device, and each
// derives a key of its own from the result.
const SECRET = { prf: { eval: { first: new TextEncoder().encode("akkoord device lock v1") } } };

const secretOf = (credential) => {
  const result = extensionsOf(credential).prf?.results?.first;
  return result && new Uint8Array(result);
};

// Asks again without the extension if an authenticator fails on it, but not if the person declined.
const asking = async (ask, publicKey) => {
  try {
    return await ask({ publicKey: { ...publicKey, extensions: { ...publicKey.extensions, ...SECRET } } });
  } catch (error) {
    if (["NotAllowedError", "AbortError", "InvalidStateError"].includes(error?.name)) throw error;
    return ask({ publicKey });
  }
};

// A request that waits in the background until somebody chooses a passkey in a field. Browsers allow one request at a
// time, so any other one ends it first.
let waiting = null;

export const stopOffering = () => {
  waiting?.abort();
  waiting = null;
};

/**
 * Returns the kind of window: "browser"; "ios" or "inside" for a window inside a mail program or another app, which
 * mostly has no passkeys; "without" for a browser that has none. Unlike the system's browser, a window inside an app
 * names the app, lacks `Safari/` on iOS, or says `; wv)` on Android.
 */
export const placeOf = (userAgent, hasPasskeys) => {
  const isIos = /iPhone|iPad|iPod/.test(userAgent);
  const isInside = /FBAN\/|FBAV\/|Instagram|LinkedInApp|GSA\/|OutlookMobile|YahooMobile|; wv\)/.test(userAgent);
  if (isInside || (isIos && !userAgent.includes("Safari/"))) return isIos ? "ios" : "inside";
  return hasPasskeys ? "browser" : "without";
};

/** Returns true if this browser offers passkeys in a field. */
export const canOffer = async () =>
  (await globalThis.PublicKeyCredential?.isConditionalMediationAvailable?.().catch(() => false)) ?? false;

/**
 * Waits until somebody chooses a passkey in a field, and returns what `get` does. Returns an empty list if nobody did
 * within the time, so that a new challenge can replace the old one.
 */
export const offer = (json, milliseconds) =>
  guard(async () => {
    stopOffering();
    const mine = (waiting = new AbortController());
    let over = false;
    const timer = setTimeout(() => {
      over = true;
      mine.abort();
    }, milliseconds);
    try {
      const publicKey = request(options(json));
      const extensions = { ...publicKey.extensions, ...SECRET };
      const how = { mediation: "conditional", signal: mine.signal, publicKey: { ...publicKey, extensions } };
      const credential = await navigator.credentials.get(how);
      return [plain(credential), secretOf(credential)];
    } catch (error) {
      if (over) return [];
      throw error;
    } finally {
      clearTimeout(timer);
    }
  });

/** Creates a passkey with the server's options. Returns [its answer as JSON, its secret or undefined]. */
export const create = (json) =>
  guard(async () => {
    stopOffering();
    const credential = await asking((how) => navigator.credentials.create(how), creation(options(json)));
    return [plain(credential), secretOf(credential)];
  });

/** Answers the server's challenge with a passkey. Returns [its answer as JSON, its secret or undefined]. */
export const get = (json) =>
  guard(async () => {
    stopOffering();
    const credential = await asking((how) => navigator.credentials.get(how), request(options(json)));
    return [plain(credential), secretOf(credential)];
  });

/**
 * Returns the secret of one of these passkeys, if it has one. Nobody checks the answer: only the secret matters, or
 * else that the person was there at all.
 */
export const unlock = (rpId, credentials) =>
  guard(async () => {
    const publicKey = {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      rpId,
      userVerification: "required",
      allowCredentials: credentials.map((id) => ({ type: "public-key", id })),
    };
    return secretOf(await asking((how) => navigator.credentials.get(how), publicKey));
  });

/** Signs a challenge. It needs no options of a server, so this works without a network. */
export const sign = (challenge, rpId, credentials) =>
  guard(async () => {
    const credential = await navigator.credentials.get({
      publicKey: {
        challenge,
        rpId,
        userVerification: "required",
        allowCredentials: credentials.map((id) => ({ type: "public-key", id })),
      },
    });
    return [
      new Uint8Array(credential.rawId),
      new Uint8Array(credential.response.authenticatorData),
      new Uint8Array(credential.response.clientDataJSON),
      new Uint8Array(credential.response.signature),
    ];
  });
