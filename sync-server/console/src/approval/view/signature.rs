//! The way in which an approval was signed, and the server's finding when it checked the signature.

use super::fact::{fact, words};
use crate::{
    approval::text::{Consent as Text, Signed},
    part::frame::Frame,
};
use dioxus::prelude::*;
use model::{
    hash::ContentHash,
    id::CountersignatureId,
    record::{Approval, CounterVerdict, Countersignature, Finding, Level, Signature, Verdict},
};
use std::collections::BTreeMap;
use ui::part::{Icon, Status, Tone};

/// The names of the devices with which people sign.
#[derive(Debug, Clone, Default)]
pub struct Devices {
    /// The name of each passkey by its credential id.
    pub passkeys: BTreeMap<Vec<u8>, String>,
    /// The name of the device of each certified key, by the hash of the key.
    pub device_keys: BTreeMap<ContentHash, String>,
}

/// Renders the device, the level of the signature and the finding.
pub fn facts(frame: &Frame, approval: &Approval, verdict: Option<&Verdict>, devices: &Devices) -> Element {
    let (t, s) = (Text(frame.language()), Signed(frame.language()));
    let (name, what) = match &approval.signature {
        Signature::Passkey(assertion) => (devices.passkeys.get(&assertion.credential.0), t.passkey()),
        Signature::DeviceKey(given) => (devices.device_keys.get(&given.key), s.device_key()),
    };
    let device = match name {
        Some(name) if !name.is_empty() => format!("{name}, {what}"),
        _ => what.to_owned(),
    };
    let (tone, icon, found) = match verdict.map(|v| v.finding) {
        Some(Finding::Verified) => (Tone::Ok, "shield-check", t.verified()),
        Some(Finding::Outdated) => (Tone::Bad, "triangle-alert", t.outdated()),
        Some(Finding::NotAsked) => (Tone::Bad, "triangle-alert", t.not_asked()),
        Some(Finding::UnknownPasskey) => (Tone::Bad, "triangle-alert", t.unknown_passkey()),
        Some(Finding::UnknownDeviceKey) => (Tone::Bad, "triangle-alert", s.unknown_device_key()),
        Some(Finding::Invalid) => (Tone::Bad, "triangle-alert", t.invalid()),
        Some(Finding::AwaitsRuling) => (Tone::Wait, "hourglass", t.awaiting_ruling()),
        Some(Finding::Recalled) => (Tone::Bad, "triangle-alert", t.recalled()),
        Some(Finding::NotYet) => (Tone::Bad, "triangle-alert", t.not_yet()),
        Some(Finding::NotOpened) => (Tone::Bad, "triangle-alert", t.unread()),
        None => (Tone::Info, "clock", t.checking()),
    };
    rsx! {
        {fact(t.device(), words(&device))}
        {fact(t.signature(), rsx! {
            span { class: "status status--{tone.name()} status--plain",
                Icon { name: icon }
                " {found}"
            }
        })}
    }
}

/// Renders whether a passkey has confirmed what the device's key signed.
pub fn confirmation(
    frame: &Frame,
    approval: &Approval,
    confirmed: Option<&(CountersignatureId, Countersignature, Option<CounterVerdict>)>,
) -> Element {
    let s = Signed(frame.language());
    if approval.signature.level() == Level::Passkey {
        return rsx! {};
    }
    rsx! {
        {fact(s.confirmed(), match confirmed {
            Some((_, countersignature, _)) => words(&frame.time_format.exact(countersignature.at)),
            None => rsx! {
                Status { tone: Tone::Wait, icon: "clock", {s.not_confirmed()} }
                p { class: "small muted", {s.device_key_note()} }
            },
        })}
    }
}
