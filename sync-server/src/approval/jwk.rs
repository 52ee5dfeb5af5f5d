//! Public keys of passkeys as JSON Web Keys (RFC 7517), which every library
//! for signatures reads.

use super::PublicKey;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// The algorithm (JOSE), the name of the curve in COSE, and its name in a JWK.
const CURVES: [(&str, &str, &str); 2] = [("ES256", "SECP256R1", "P-256"), ("ES384", "SECP384R1", "P-384")];

impl PublicKey {
    /// Returns the key as a JWK, or `None` for a kind of key that this server never asks for.
    pub fn to_jwk(&self) -> Option<Value> {
        let cose = serde_json::to_value(&self.0).ok()?;
        let algorithm = cose.get("type_")?.as_str()?;
        if let Some(key) = cose.pointer("/key/EC_EC2") {
            let (alg, _, crv) = CURVES.iter().find(|(alg, curve, _)| *alg == algorithm && key["curve"] == *curve)?;
            return Some(json!({ "alg": alg, "crv": crv, "kty": "EC", "x": key["x"], "y": key["y"] }));
        }
        let key = cose.pointer("/key/RSA")?;
        let exponent: [u8; 3] = serde_json::from_value(key["e"].clone()).ok()?;
        (algorithm == "RS256")
            .then(|| json!({ "alg": "RS256", "e": URL_SAFE_NO_PAD.encode(exponent), "kty": "RSA", "n": key["n"] }))
    }

    /// Reads what [`PublicKey::to_jwk`] wrote.
    pub fn of_jwk(jwk: &Value) -> Option<Self> {
        let alg = jwk.get("alg")?.as_str()?;
        let key = match jwk.get("kty")?.as_str()? {
            "EC" => {
                let (_, curve, _) = CURVES.iter().find(|(known, _, crv)| *known == alg && jwk["crv"] == *crv)?;
                json!({ "EC_EC2": { "curve": curve, "x": jwk["x"], "y": jwk["y"] } })
            }
            "RSA" => {
                let exponent = URL_SAFE_NO_PAD.decode(jwk.get("e")?.as_str()?).ok()?;
                json!({ "RSA": { "n": jwk["n"], "e": exponent } })
            }
            _ => return None,
        };
        serde_json::from_value(json!({ "type_": alg, "key": key })).ok().map(Self)
    }
}
