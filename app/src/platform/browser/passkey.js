// Asks the browser for passkeys. Errors leave as one of three words, so that
// the app can say a sentence of its own: cancelled, unsupported, failed.

const word = (error) => {
  if (error === "unsupported") return error;
  if (error && (error.name === "NotAllowedError" || error.name === "AbortError")) return "cancelled";
  if (error && (error.name === "NotSupportedError" || error.name === "SecurityError")) return "unsupported";
  return "failed";
};

const guard = async (work) => {
  try {
    if (!window.PublicKeyCredential) throw "unsupported";
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

// Browsers of before 2025 lack parse…FromJSON and toJSON.
const creation = (json) =>
  PublicKeyCredential.parseCreationOptionsFromJSON?.(json) ?? {
    ...json,
    challenge: bytes(json.challenge),
    user: { ...json.user, id: bytes(json.user.id) },
    excludeCredentials: descriptors(json.excludeCredentials),
  };

const request = (json) =>
  PublicKeyCredential.parseRequestOptionsFromJSON?.(json) ?? {
    ...json,
    challenge: bytes(json.challenge),
    allowCredentials: descriptors(json.allowCredentials),
  };

const plain = (credential) => {
  const response = credential.response;
  const json = credential.toJSON?.() ?? {
    id: credential.id,
    rawId: base64url(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      clientDataJSON: base64url(response.clientDataJSON),
      ...(response.attestationObject
        ? { attestationObject: base64url(response.attestationObject), transports: response.getTransports?.() }
        : {
            authenticatorData: base64url(response.authenticatorData),
            signature: base64url(response.signature),
            userHandle: response.userHandle ? base64url(response.userHandle) : undefined,
          }),
    },
  };
  // Its results are secrets of this device.
  if (json.clientExtensionResults) delete json.clientExtensionResults.prf;
  return JSON.stringify(json);
};

const options = (json) => {
  const parsed = JSON.parse(json);
  return parsed.publicKey ?? parsed;
};

// The passkey's secret for this device (PRF extension). The same input on every
// device: each makes a key of its own of the result.
const SECRET = { prf: { eval: { first: new TextEncoder().encode("akkoord device lock v1") } } };

const secretOf = (credential) => {
  const result = credential.getClientExtensionResults().prf?.results?.first;
  return result && new Uint8Array(result);
};

// Authenticators that stumble over the extension are asked again without it; a
// person who said no is not.
const asking = async (ask, publicKey) => {
  try {
    return await ask({ publicKey: { ...publicKey, extensions: { ...publicKey.extensions, ...SECRET } } });
  } catch (error) {
    if (error?.name === "NotAllowedError" || error?.name === "AbortError") throw error;
    return ask({ publicKey });
  }
};

// A request that waits in the background until somebody chooses a passkey in a
// field. Browsers have one request at a time: any other one ends it first.
let waiting = null;

export const stopOffering = () => {
  waiting?.abort();
  waiting = null;
};

export const canOffer = async () =>
  (await window.PublicKeyCredential?.isConditionalMediationAvailable?.().catch(() => false)) ?? false;

// Nothing after a while, so that a new challenge can take the place of the old.
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

export const create = (json) =>
  guard(async () => {
    stopOffering();
    const credential = await asking((how) => navigator.credentials.create(how), creation(options(json)));
    return [plain(credential), secretOf(credential)];
  });

export const get = (json) =>
  guard(async () => {
    stopOffering();
    const credential = await asking((how) => navigator.credentials.get(how), request(options(json)));
    return [plain(credential), secretOf(credential)];
  });

// Nobody checks the answer: it counts what secret comes with it, or else that
// the person was there at all.
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

// The challenge is ours, so no options come from a server: this works without
// a network.
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
