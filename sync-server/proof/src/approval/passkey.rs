//! Public keys of passkeys. They are written as JSON Web Keys (RFC 7517), which every library for signatures reads.

use model::record::Base64;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, EcdsaVerificationAlgorithm, RSA_PKCS1_2048_8192_SHA256,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::{Deserialize, Serialize};

/// The public key of a passkey, of one of the three kinds that the server asks for. Numbers are big-endian bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// ECDSA over P-256 with SHA-256.
    Es256 {
        /// The x coordinate, 32 bytes.
        x: Vec<u8>,
        /// The y coordinate, 32 bytes.
        y: Vec<u8>,
    },
    /// ECDSA over P-384 with SHA-384.
    Es384 {
        /// The x coordinate, 48 bytes.
        x: Vec<u8>,
        /// The y coordinate, 48 bytes.
        y: Vec<u8>,
    },
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    Rs256 {
        /// The modulus, of 2048 bits or more.
        n: Vec<u8>,
        /// The exponent.
        e: Vec<u8>,
    },
}

/// A JSON Web Key, whose fields are written in this order.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Jwk {
    alg: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    crv: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    e: Option<Base64>,
    kty: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    n: Option<Base64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    x: Option<Base64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    y: Option<Base64>,
}

impl PublicKey {
    /// Writes the key as a JSON Web Key without spaces. It never returns `None`, because every field can be written.
    pub fn to_jwk(&self) -> Option<Vec<u8>> {
        let number = |bytes: &[u8]| Some(Base64(bytes.to_vec()));
        let point = |alg: &str, crv: &str, x, y| Jwk {
            alg: alg.to_owned(),
            crv: Some(crv.to_owned()),
            e: None,
            kty: "EC".to_owned(),
            n: None,
            x: number(x),
            y: number(y),
        };
        let jwk = match self {
            Self::Es256 { x, y } => point("ES256", "P-256", x, y),
            Self::Es384 { x, y } => point("ES384", "P-384", x, y),
            Self::Rs256 { n, e } => Jwk {
                alg: "RS256".to_owned(),
                crv: None,
                e: number(e),
                kty: "RSA".to_owned(),
                n: number(n),
                x: None,
                y: None,
            },
        };
        serde_json::to_vec(&jwk).ok()
    }

    /// Reads what [`PublicKey::to_jwk`] wrote.
    pub fn of_jwk(json: &[u8]) -> Option<Self> {
        let Jwk { alg, crv, e, kty, n, x, y } = serde_json::from_slice(json).ok()?;
        match (alg.as_str(), kty.as_str(), crv.as_deref(), (x, y), (n, e)) {
            ("ES256", "EC", Some("P-256"), (Some(x), Some(y)), (None, None)) => Some(Self::Es256 { x: x.0, y: y.0 }),
            ("ES384", "EC", Some("P-384"), (Some(x), Some(y)), (None, None)) => Some(Self::Es384 { x: x.0, y: y.0 }),
            ("RS256", "RSA", None, (None, None), (Some(n), Some(e))) => Some(Self::Rs256 { n: n.0, e: e.0 }),
            _ => None,
        }
    }

    /// Returns true if this key made `signature` over `message`. An ECDSA signature is in ASN.1 (DER), as from passkeys.
    pub(super) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        let of_point = |algorithm: &'static EcdsaVerificationAlgorithm, x: &[u8], y: &[u8]| {
            // This is an uncompressed point (SEC 1, section 2.3.3).
            let point = [&[4], x, y].concat();
            UnparsedPublicKey::new(algorithm, point).verify(message, signature)
        };
        let outcome = match self {
            Self::Es256 { x, y } => of_point(&ECDSA_P256_SHA256_ASN1, x, y),
            Self::Es384 { x, y } => of_point(&ECDSA_P384_SHA384_ASN1, x, y),
            Self::Rs256 { n, e } => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
        };
        outcome.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys and signatures over `akkoord` that OpenSSL made, which knows nothing of this program.
    const MADE_ELSEWHERE: [(&str, &str); 3] = [
        (
            r#"{"alg":"ES256","crv":"P-256","kty":"EC","x":"BJphxAlP15rAqLJ16G-lrN_AvtS17PBcwuBYbenYeC4","y":"oe6snKC_pPE1Uebb4F62q2ZJ4iE7mYkfERkH9g8SgPk"}"#,
            "MEUCIHfeeqH9JHq4tNsVj7dfxRfmqJURL3OOqZHcyuk8p9BEAiEAoIWKzSX7JOP7xme2OoCLv8f-IUaV3nuxWTM0_4lzcIM",
        ),
        (
            r#"{"alg":"ES384","crv":"P-384","kty":"EC","x":"KUb5_IIIIOJrhz8FdSl4VM2cMKDOGe9yHij1DuEC-AH1vApJfr1AOmK2UCWNwGSM","y":"P-X19miIEpwemTVxdwG3fSd7pv2Jo_QJX-GOEErnkRVBxwFriU2I43Ug0-ECCJJx"}"#,
            "MGYCMQD50tvIy3wwx68563UyngPEgbxZCTuuqrPhcUGyZNc1BBHsRUQuDyGKbnaZQLMhuoUCMQDbBnwuP8x9dbNgRASklCvPNUtGEm5CyBXqCQcuDGpT91yeBGE6i7I-c7Cd6ixCm68",
        ),
        (
            r#"{"alg":"RS256","e":"AQAB","kty":"RSA","n":"2nCurlR7ci4Oa9HZ-AE-x68MCrjW627iWXrWF70dErX3O1aXOonPaEjID1gykQYapzZMOr9UQvDIz-e1NQ_7P5MyNDV4dbVkWlb-O5jNi1CNMCp6HL3LX-Jz0YqkA-JG5oBWUiHEELmp3OXwQbHveeJcJoFkX9nSYIajwhj8wqnLxTczTJluKQhWNc5bYaDTuEwVoyjbyc9rNznfyXEEBIbnuJRyeQcXgfr43BKjfXny2qKTM6nA4cpSzKxGFAdYDNfx8yPi-VlQTqM7SBhTnFrfR4qWuz0ButOQlPUMCl8bPS3TCWtIZxezH_TNqt40fKJzdt4hDd6djbZL4zbABw"}"#,
            "SiX6DZWXmnm6aqikV-gshgxwrmYGhnW9xLMsheEBM5zSOMqTK5GktzcKAi4nssBNUS0cNDamMyI4qY1WWRd7N0nTfyFfufl2UJ974HgIOdyn2U46vOGSBPdYN8SN8mNKq8cBSQFHtpxyW_VczihjzU_Xde-2C0_PrHAwYWl3Zipihtyc3d5M_YMkDZZR2sORNmGIGrH5w6a_-lG0QakaBExIdlnC5KKWW7KfNkhIp0aed6HN8yVq0BdJuGEFi0vK_VououB3Anm_VROZdx_y5V4zvqLD5eQroZJu9Zc3gg0o1d5NOj9-P2ilqLE9b20E32Xr2BPPYoFANKBcybl7vA",
        ),
    ];

    #[test]
    fn each_kind_of_key_is_read_written_in_its_one_form_and_checks_what_another_program_signed() {
        for (jwk, signature) in MADE_ELSEWHERE {
            let key = PublicKey::of_jwk(jwk.as_bytes()).unwrap();
            assert_eq!(key.to_jwk().unwrap(), jwk.as_bytes());
            let Base64(mut signature) = serde_json::from_value(signature.into()).unwrap();
            assert!(key.has_signed(b"akkoord", &signature), "{jwk}");
            assert!(!key.has_signed(b"Akkoord", &signature), "{jwk}");
            let last = signature.len() - 1;
            signature[last] ^= 1;
            assert!(!key.has_signed(b"akkoord", &signature), "{jwk}");
        }
    }

    #[test]
    fn a_key_of_another_kind_or_with_a_field_too_many_is_none() {
        let (es256, rs256) = (MADE_ELSEWHERE[0].0, MADE_ELSEWHERE[2].0);
        for (from, to) in [("ES256", "ES384"), ("P-256", "P-521"), ("\"EC\"", "\"OKP\""), ("\"x\"", "\"d\"")] {
            assert_eq!(PublicKey::of_jwk(es256.replace(from, to).as_bytes()), None, "{to}");
        }
        assert_eq!(PublicKey::of_jwk(rs256.replace("\"e\"", "\"x\"").as_bytes()), None);
    }
}
