// Asks the browser for passkeys: for the app, for the pages before it and for the console. Errors leave as one of four
// words, so that each page can say a sentence of its own: cancelled, unsupported, exists, failed.

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
 * What the browser itself makes of something, or else what we make of it. Browsers of before 2025 lack the JSON of
 * Web Authentication Level 3, and some password managers answer with objects on which the browser's own fails.
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
  // The results of the PRF extension are secrets of this device: they never leave it.
  if (json.clientExtensionResults) delete json.clientExtensionResults.prf;
  return JSON.stringify(json);
};

const options = (json) => {
  const parsed = JSON.parse(json);
  return parsed.publicKey ?? parsed;
};

// The passkey's secret for this device (PRF extension). The same input on every device: each makes a key of its own
// of the result.
const SECRET = { prf: { eval: { first: new TextEncoder().encode("akkoord device lock v1") } } };

const secretOf = (credential) => {
  const result = extensionsOf(credential).prf?.results?.first;
  return result && new Uint8Array(result);
};

// Authenticators that stumble over the extension are asked again without it; a person who said no is not.
const asking = async (ask, publicKey) => {
  try {
    return await ask({ publicKey: { ...publicKey, extensions: { ...publicKey.extensions, ...SECRET } } });
  } catch (error) {
    if (["NotAllowedError", "AbortError", "InvalidStateError"].includes(error?.name)) throw error;
    return ask({ publicKey });
  }
};

// A request that waits in the background until somebody chooses a passkey in a field. Browsers have one request at a
// time: any other one ends it first.
let waiting = null;

export const stopOffering = () => {
  waiting?.abort();
  waiting = null;
};

/**
 * What kind of window this is: "browser"; "ios" or "inside" for a window inside a mail program or another app, which
 * mostly has no passkeys; "without" for a browser that has none. A window inside an app names the app, or leaves out
 * what the browser of the system says: `Safari/` on iOS, and on Android it says `; wv)`.
 */
export const placeOf = (userAgent, hasPasskeys) => {
  const isIos = /iPhone|iPad|iPod/.test(userAgent);
  const isInside = /FBAN\/|FBAV\/|Instagram|LinkedInApp|GSA\/|OutlookMobile|YahooMobile|; wv\)/.test(userAgent);
  if (isInside || (isIos && !userAgent.includes("Safari/"))) return isIos ? "ios" : "inside";
  return hasPasskeys ? "browser" : "without";
};

/** Whether this browser offers passkeys in a field. */
export const canOffer = async () =>
  (await globalThis.PublicKeyCredential?.isConditionalMediationAvailable?.().catch(() => false)) ?? false;

/**
 * Waits until somebody chooses a passkey in a field: then as `get`. An empty list when nobody did for so long, so that
 * a new challenge can take the place of the old one.
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

/** Makes a passkey with the server's options: [its answer as JSON, its secret where it gives one]. */
export const create = (json) =>
  guard(async () => {
    stopOffering();
    const credential = await asking((how) => navigator.credentials.create(how), creation(options(json)));
    return [plain(credential), secretOf(credential)];
  });

/** Shows a passkey to the server's challenge: [its answer as JSON, its secret where it gives one]. */
export const get = (json) =>
  guard(async () => {
    stopOffering();
    const credential = await asking((how) => navigator.credentials.get(how), request(options(json)));
    return [plain(credential), secretOf(credential)];
  });

/**
 * The secret of one of these passkeys, where it gives one. Nobody checks the answer: what counts is the secret, or
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

/** Signs a challenge. It is ours and no options come from a server, so this works without a network. */
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
