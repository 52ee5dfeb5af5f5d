//! Tests that the headless machine keeps the promises of the browser's.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails ends the test")]

use app::client::{DeviceStore, LocalStore, StoreWrite, UnlockSecret, Vault, keys};
use futures_util::FutureExt;
use model::{
    hash::ContentHash,
    id::{AccountId, AttachmentId, DocumentId},
};

fn account() -> AccountId {
    AccountId::from_random([1; 16])
}

/// Returns the store's answer, which is ready at once.
fn at_once<T>(answer: impl Future<Output = T>) -> T {
    answer.now_or_never().unwrap()
}

fn store_with_an_identity(secret: Option<&UnlockSecret>) -> DeviceStore {
    let store = DeviceStore::in_memory().unwrap();
    at_once(store.admit(account(), secret)).unwrap();
    let write = StoreWrite::Put(keys::identity(account()), b"somebody".to_vec());
    at_once(store.commit(vec![write])).unwrap();
    store
}

#[test]
fn a_locked_login_is_neither_read_nor_written_before_its_secret_comes_back() {
    let secret = UnlockSecret(vec![7; 32]);
    let store = store_with_an_identity(Some(&secret));
    at_once(store.lock(account())).unwrap();
    assert_eq!(at_once(store.vault(account())), Ok(Vault::Locked));
    assert_eq!(at_once(store.get(&keys::identity(account()))), Ok(None));
    assert_eq!(at_once(store.load(&keys::account(account()))), Ok(Vec::new()));
    let write = StoreWrite::Put(keys::draft(account(), "x"), Vec::new());
    at_once(store.commit(vec![write])).unwrap_err();
    for wrong in [None, Some(&UnlockSecret(vec![8; 32]))] {
        assert_eq!(at_once(store.unlock(account(), wrong)), Ok(false));
    }
    assert_eq!(at_once(store.unlock(account(), Some(&secret))), Ok(true));
    assert_eq!(at_once(store.get(&keys::identity(account()))), Ok(Some(b"somebody".to_vec())));
}

#[test]
fn a_login_without_a_secret_opens_for_whoever_has_the_passkey() {
    let store = store_with_an_identity(None);
    at_once(store.lock(account())).unwrap();
    assert_eq!(at_once(store.vault(account())), Ok(Vault::Locked));
    assert_eq!(at_once(store.unlock(account(), None)), Ok(true));
    assert_eq!(at_once(store.vault(account())), Ok(Vault::Open));
}

#[test]
fn a_login_with_a_passkey_that_opens_nothing_makes_what_was_kept_worthless() {
    let store = store_with_an_identity(Some(&UnlockSecret(vec![7; 32])));
    assert_eq!(at_once(store.admit(account(), Some(&UnlockSecret(vec![8; 32])))), Ok(false), "it was open");
    at_once(store.lock(account())).unwrap();
    assert_eq!(at_once(store.admit(account(), None)), Ok(true));
    assert_eq!(at_once(store.vault(account())), Ok(Vault::Open));
}

#[test]
fn what_is_unsent_is_told_from_what_the_server_has_by_its_key() {
    let (account, document) = (account(), DocumentId::from_random([2; 16]));
    let (attachment, hash) = (AttachmentId::from_random([3; 16]), ContentHash::of(b"x"));
    let unsent = [
        keys::document(account, document),
        keys::outbox(account, document, 1),
        keys::quarantined(account, document, 1),
        keys::upload(account, attachment),
        keys::upload_queue(account),
        keys::queued_file(account, &hash),
        keys::unsent_file(account, &hash),
    ];
    let at_the_firm = [keys::identity(account), keys::log(account, document, 1), keys::file(account, &hash)];
    for key in &unsent {
        assert!(keys::is_unsent_work(key), "{key}");
    }
    for key in &at_the_firm {
        assert!(!keys::is_unsent_work(key), "{key}");
    }
    for key in unsent.iter().chain(&at_the_firm) {
        assert_eq!(keys::owner(key), Some(account.to_string().as_str()), "{key}");
    }
    for key in [keys::HOLDER, keys::LANGUAGE] {
        assert_eq!((keys::owner(key), keys::is_unsent_work(key)), (None, false), "{key}");
    }
}

/// The login page is no Rust: it counts by the form of the keys.
#[test]
fn the_login_page_counts_by_the_keys_of_what_is_to_be_sent() {
    let (account, hash) = (account(), ContentHash::of(b"x"));
    let script = include_str!("../../assets/entrance.js");
    assert!(script.contains(r"/^account\/[^/]+\/outbox\/|^unsent\//"), "it counts by keys of another form");
    let change = keys::outbox(account, DocumentId::from_random([2; 16]), 1);
    assert!(change.starts_with(&format!("account/{account}/outbox/")), "{change}");
    for file in [keys::unsent_file(account, &hash), keys::queued_file(account, &hash)] {
        assert!(file.starts_with("unsent/"), "{file}");
    }
}
