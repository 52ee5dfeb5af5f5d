//! Tests of the check of an approval's signature alone: everything a passkey could claim
//! falsely, each under a signature that really fits.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails ends the test")]

use data_encoding::BASE64URL_NOPAD;
use model::{
    approval::RelyingParty,
    record::{Assertion, Base64},
};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use proof::approval::{InvalidSignature, PublicKey, verify};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};

const CHALLENGE: [u8; 32] = [7; 32];

struct Said {
    client: Value,
    relying_party: &'static str,
    flags: u8,
}

fn honest() -> Said {
    Said {
        client: json!({
            "type": "webauthn.get", "challenge": BASE64URL_NOPAD.encode(&CHALLENGE),
            "origin": "https://portaal.example", "crossOrigin": false, "a browser's own": [1, 2],
        }),
        relying_party: "portaal.example",
        flags: 0x05,
    }
}

/// Returns the result of the check for a passkey that says this and signs it.
fn check(change: impl FnOnce(&mut Said)) -> Result<(), InvalidSignature> {
    let key = SigningKey::from_slice(&[3; 32]).unwrap();
    let point = key.verifying_key().to_sec1_point(false);
    let half = |from: usize| point.as_bytes()[from..from + 32].to_vec();
    let public = PublicKey::Es256 { x: half(1), y: half(33) };
    let mut said = honest();
    change(&mut said);
    let client_data = said.client.to_string().into_bytes();
    let mut authenticator_data = digest(&SHA256, said.relying_party.as_bytes()).as_ref().to_vec();
    authenticator_data.push(said.flags);
    authenticator_data.extend([0; 4]);
    let signed = [authenticator_data.as_slice(), digest(&SHA256, &client_data).as_ref()].concat();
    let signature: Signature = key.sign(&signed);
    let assertion = Assertion {
        credential: Base64(vec![1]),
        authenticator_data: Base64(authenticator_data),
        client_data: Base64(client_data),
        signature: Base64(signature.to_der().as_bytes().to_vec()),
    };
    let relying_party = RelyingParty { id: "portaal.example".into(), origin: "https://portaal.example".into() };
    verify(&public, &relying_party, &CHALLENGE, &assertion)
}

#[test]
fn an_honest_signature_holds_whatever_the_browser_adds() {
    assert_eq!(check(|_| {}), Ok(()));
    assert_eq!(check(|said| said.flags = 0x1d), Ok(()), "a passkey that is backed up");
}

#[test]
fn what_a_passkey_says_wrongly_is_found_though_it_is_truly_signed() {
    let client = |name: &'static str, value: Value| check(move |said| said.client[name] = value);
    assert_eq!(client("type", json!("webauthn.create")), Err(InvalidSignature::Type));
    assert_eq!(client("challenge", json!(BASE64URL_NOPAD.encode(&[8; 32]))), Err(InvalidSignature::Challenge));
    assert_eq!(client("challenge", json!("")), Err(InvalidSignature::Challenge));
    for origin in ["https://portaal.example.evil", "http://portaal.example", "https://portaal.example/", "null"] {
        assert_eq!(client("origin", json!(origin)), Err(InvalidSignature::Origin), "{origin}");
    }
    assert_eq!(client("crossOrigin", json!(true)), Err(InvalidSignature::CrossOrigin));
    assert_eq!(client("topOrigin", json!("https://evil.example")), Err(InvalidSignature::CrossOrigin));
    assert_eq!(client("origin", json!(7)), Err(InvalidSignature::ClientData));
    assert_eq!(check(|said| said.relying_party = "example"), Err(InvalidSignature::RelyingParty));
    assert_eq!(check(|said| said.flags = 0x04), Err(InvalidSignature::NotPresent));
    assert_eq!(check(|said| said.flags = 0x01), Err(InvalidSignature::NotVerified));
    assert_eq!(check(|said| said.flags = 0x15), Err(InvalidSignature::BackupFlags));
}
