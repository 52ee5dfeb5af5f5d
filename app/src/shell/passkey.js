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

export const create = (json) =>
  guard(async () => plain(await navigator.credentials.create({ publicKey: creation(options(json)) })));

export const get = (json) =>
  guard(async () => plain(await navigator.credentials.get({ publicKey: request(options(json)) })));

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
