//! Confirming with the passkey what this device signed, and preparing the device for signing.

use crate::{
    client::{ApiError, Client, DeviceKeyError, Status, YearKey},
    component::signing::{ConfirmNotice, ReadySection, SigningWay},
    hooks::use_client,
    platform::{PasskeyError, passkey},
    text::{self, Passkey, Signing as Text, said},
    view::{Unconfirmed, View},
};
use dioxus::prelude::*;
use model::{
    id::{AccountId, PersonId, RevisionId},
    record::Signature,
};
use ui::text::Language;

/// Shows what the passkey still has to confirm in one year, or nothing without a network.
#[component]
pub fn Confirmations(view: View) -> Element {
    let waiting = if view.workspace.is_offline() { Vec::new() } else { view.to_countersign() };
    rsx! {
        for unconfirmed in waiting {
            Confirmation { key: "{unconfirmed.approvals:?}", view: view.clone(), unconfirmed }
        }
    }
}

#[component]
fn Confirmation(view: View, unconfirmed: Unconfirmed) -> Element {
    let client = use_client();
    let mut problem = use_signal(|| None::<String>);
    let mut busy = use_signal(|| false);
    let language = view.language();
    let name = unconfirmed.names.join(", ");
    let key = view.key;
    let confirm = move |()| {
        let (client, Some(request)) = (client.clone(), client.challenge(key, &unconfirmed.signed)) else { return };
        let approvals = unconfirmed.approvals.clone();
        if busy() {
            return;
        }
        busy.set(true);
        problem.set(None);
        spawn(async move {
            match passkey::sign(&request).await {
                Ok(assertion) => client.countersign(key, &approvals, &assertion),
                Err(error) => problem.set(Some(passkey_problem(error, language).to_owned())),
            }
            busy.set(false);
        });
    };
    rsx! {
        ConfirmNotice { language, name, problem: problem(), busy: busy(), on_confirm: confirm }
    }
}

/// Shows the section that prepares this device for the person who looks.
#[component]
pub fn Ready(language: Language, person: PersonId) -> Element {
    let client = use_client();
    let mut problem = use_signal(|| None::<String>);
    let mut busy = use_signal(|| false);
    let is_ready = client.device_key(person).is_some();
    let prepare = move |()| {
        let (client, Some(account)) = (client.clone(), account_of(&client)) else { return };
        if busy() {
            return;
        }
        busy.set(true);
        problem.set(None);
        spawn(async move {
            if let Err(error) = client.certify_device_key(account, person).await {
                problem.set(Some(ready_problem(error, language)));
            }
            busy.set(false);
        });
    };
    rsx! {
        ReadySection { language, is_ready, problem: problem(), busy: busy(), on_prepare: prepare }
    }
}

/// Approves revisions with one signature. Returns in words why, if that fails.
pub async fn sign(
    client: &Client,
    year: YearKey,
    revisions: &[RevisionId],
    way: SigningWay,
) -> Result<(), &'static str> {
    match way {
        SigningWay::Passkey => by_passkey(client, year, revisions).await,
        SigningWay::DeviceKey => by_device(client, year, revisions).await,
    }
}

/// Approves revisions with one signature of the passkey. Returns in words why, if that fails.
async fn by_passkey(client: &Client, year: YearKey, revisions: &[RevisionId]) -> Result<(), &'static str> {
    let language = client.language();
    let no_request = text::Approve(language).no_request();
    let signed = client.to_sign(year, revisions).ok_or(no_request)?;
    let request = client.challenge(year, &signed).ok_or(no_request)?;
    let assertion = passkey::sign(&request).await.map_err(|error| passkey_problem(error, language))?;
    client.approve(year, &signed, assertion);
    Ok(())
}

/// Approves revisions with one signature of this device's own key. Returns in words why, if that fails.
async fn by_device(client: &Client, year: YearKey, revisions: &[RevisionId]) -> Result<(), &'static str> {
    let failed = Text(client.language()).second_failed();
    let me = client.me(year.client).ok_or(failed)?;
    let known = client.device_key(me).ok_or(failed)?;
    let account = account_of(client).ok_or(failed)?;
    let signed = client.to_sign(year, revisions).ok_or(failed)?;
    let request = client.challenge(year, &signed).ok_or(failed)?;
    let signature = client.sign_by_device(account, me, known, &request.challenge).await.map_err(|_| failed)?;
    client.approve(year, &signed, Signature::DeviceKey(signature));
    Ok(())
}

/// Returns the login at this device.
pub fn account_of(client: &Client) -> Option<AccountId> {
    match client.status() {
        Status::SignedIn(identity) => Some(identity.account),
        _ => None,
    }
}

/// Returns in words why the passkey did not sign.
pub fn passkey_problem(error: PasskeyError, language: Language) -> &'static str {
    let text = Passkey(language);
    match error {
        PasskeyError::Cancelled => text.cancelled_sign(),
        PasskeyError::Unsupported => text.unsupported(),
        PasskeyError::Failed => text.failed(),
    }
}

fn ready_problem(error: DeviceKeyError, language: Language) -> String {
    match error {
        DeviceKeyError::Passkey(error) => passkey_problem(error, language).to_owned(),
        DeviceKeyError::Server(ApiError::Refused(why)) => said(&why, language),
        DeviceKeyError::Server(ApiError::Offline) => text::Devices(language).offline().to_owned(),
        DeviceKeyError::Server(ApiError::Failed) | DeviceKeyError::Failed => Text(language).ready_failed().to_owned(),
    }
}
