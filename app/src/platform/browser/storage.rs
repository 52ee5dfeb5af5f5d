//! The device's storage as an IndexedDB database with strict durability. Everything that belongs to a login is
//! encrypted (see `assets/device.js`).

use crate::platform::{LocalStore, StoreError, StoreWrite, UnlockSecret, Vault, keys};
use idb::{Database, DatabaseEvent, Factory, KeyRange, ObjectStoreParams, Query, Transaction, TransactionMode};
use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use model::id::AccountId;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::IdbTransaction;

const ENTRIES: &str = "entries";
/// Name of the object store with the vaults' keys, which `assets/device.js` reads and writes.
const KEYS: &str = "keys";

#[wasm_bindgen(js_namespace = akkoord)]
extern "C" {
    type Vaults;
    #[wasm_bindgen(constructor)]
    fn new(database: &JsValue) -> Vaults;
    #[wasm_bindgen(method, catch)]
    async fn state(this: &Vaults, account: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn unlock(this: &Vaults, account: &str, secret: Option<Uint8Array>) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn admit(this: &Vaults, account: &str, secret: Option<Uint8Array>) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn lock(this: &Vaults, account: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn seal(
        this: &Vaults,
        name: &str,
        bytes: Uint8Array,
        account: Option<&str>,
        is_work: bool,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = openAll)]
    async fn open_all(this: &Vaults, names: Array, values: Array, accounts: Array) -> Result<JsValue, JsValue>;
}

/// An IndexedDB database with the entries and the vaults' keys.
pub struct DeviceStore {
    database: Database,
    /// The same database, for the one call that the library lacks.
    raw: JsValue,
    vaults: Vaults,
}

/// Opens the database of this site.
pub async fn open() -> Result<DeviceStore, StoreError> {
    let mut request = Factory::new()?.open("akkoord", Some(2))?;
    request.on_upgrade_needed(|event| {
        // A failure here makes the opening fail, which reports it.
        let Ok(database) = event.database() else { return };
        let there = database.store_names();
        for name in [ENTRIES, KEYS].into_iter().filter(|name| !there.iter().any(|there| there == name)) {
            if let Err(error) = database.create_object_store(name, ObjectStoreParams::new()) {
                web_sys::console::warn_1(&error.to_string().into());
            }
        }
    });
    let raw = JsValue::from(request.await?);
    let vaults = Vaults::new(&raw);
    Ok(DeviceStore { database: Database::try_from(raw.clone())?, raw, vaults })
}

impl DeviceStore {
    /// Starts a writing transaction. When it is done, the data are on the disk and not only with the operating system
    /// (Indexed Database API 3.0, section 4.4).
    fn strict_transaction(&self) -> Result<Transaction, JsValue> {
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let open: Function = Reflect::get(&self.raw, &"transaction".into())?.dyn_into()?;
        let transaction = open.call3(&self.raw, &Array::of1(&ENTRIES.into()), &"readwrite".into(), &options)?;
        Ok(Transaction::from(transaction.dyn_into::<IdbTransaction>()?))
    }

    /// Decrypts the values of `names`, in the same order. Leaves out what cannot be decrypted.
    async fn opened(&self, names: Vec<String>, values: Array) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let list: Array = names.iter().map(|name| JsValue::from_str(name)).collect();
        let owners: Array =
            names.iter().map(|name| keys::owner(name).map_or(JsValue::UNDEFINED, JsValue::from_str)).collect();
        let opened = Array::from(&self.vaults.open_all(list, values, owners).await?);
        let bytes = |(name, value): (String, JsValue)| (!value.is_undefined()).then(|| (name, bytes_of(&value)));
        Ok(names.into_iter().zip(opened.iter()).filter_map(bytes).collect())
    }
}

impl LocalStore for DeviceStore {
    async fn load(&self, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let transaction = self.database.transaction(&[ENTRIES], TransactionMode::ReadOnly)?;
        let store = transaction.object_store(ENTRIES)?;
        // U+FFFF sorts after every character that a key can have.
        let range = || KeyRange::bound(&prefix.into(), &format!("{prefix}\u{FFFF}").into(), None, Some(true));
        let keys = store.get_all_keys(Some(Query::KeyRange(range()?)), None)?.await?;
        let values = store.get_all(Some(Query::KeyRange(range()?)), None)?.await?;
        let names = keys.iter().filter_map(JsValue::as_string).collect();
        self.opened(names, values.iter().map(Uint8Array::new).collect()).await
    }

    async fn names(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let transaction = self.database.transaction(&[ENTRIES], TransactionMode::ReadOnly)?;
        let range = KeyRange::bound(&prefix.into(), &format!("{prefix}\u{FFFF}").into(), None, Some(true))?;
        let keys = transaction.object_store(ENTRIES)?.get_all_keys(Some(Query::KeyRange(range)), None)?.await?;
        Ok(keys.iter().filter_map(JsValue::as_string).collect())
    }

    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let transaction = self.database.transaction(&[ENTRIES], TransactionMode::ReadOnly)?;
        let Some(value) = transaction.object_store(ENTRIES)?.get(Query::Key(key.into()))?.await? else {
            return Ok(None);
        };
        let opened = self.opened(vec![key.to_owned()], Array::of1(&Uint8Array::new(&value))).await?;
        Ok(opened.into_iter().next().map(|(_, bytes)| bytes))
    }

    async fn commit(&self, batch: Vec<StoreWrite>) -> Result<(), StoreError> {
        // Values are encrypted first, because a transaction ends while anything else is awaited.
        let mut sealed = Vec::with_capacity(batch.len());
        for write in batch {
            sealed.push(match write {
                StoreWrite::Put(key, bytes) => {
                    let value = Uint8Array::from(bytes.as_slice());
                    let value = self.vaults.seal(&key, value, keys::owner(&key), keys::is_unsent_work(&key)).await?;
                    (key, Some(value))
                }
                StoreWrite::Delete(key) => (key, None),
            });
        }
        let transaction = self.strict_transaction()?;
        let store = transaction.object_store(ENTRIES)?;
        for (key, value) in sealed {
            match value {
                Some(value) => {
                    store.put(&value, Some(&key.into()))?;
                }
                None => {
                    store.delete(Query::Key(key.into()))?;
                }
            }
        }
        let result = transaction.commit()?.await?;
        if result.is_committed() { Ok(()) } else { Err(StoreError::Failed("the transaction was aborted".to_owned())) }
    }

    async fn vault(&self, account: AccountId) -> Result<Vault, StoreError> {
        let state = self.vaults.state(&account.to_string()).await?;
        Ok(match state.as_string().as_deref() {
            Some("open") => Vault::Open,
            Some("locked") => Vault::Locked,
            _ => Vault::Absent,
        })
    }

    async fn admit(&self, account: AccountId, secret: Option<&UnlockSecret>) -> Result<bool, StoreError> {
        Ok(self.vaults.admit(&account.to_string(), secret.map(in_script)).await?.is_truthy())
    }

    async fn unlock(&self, account: AccountId, secret: Option<&UnlockSecret>) -> Result<bool, StoreError> {
        Ok(self.vaults.unlock(&account.to_string(), secret.map(in_script)).await?.is_truthy())
    }

    async fn lock(&self, account: AccountId) -> Result<(), StoreError> {
        self.vaults.lock(&account.to_string()).await?;
        Ok(())
    }
}

fn in_script(secret: &UnlockSecret) -> Uint8Array {
    Uint8Array::from(secret.0.as_slice())
}

fn bytes_of(value: &JsValue) -> Vec<u8> {
    Uint8Array::new(value).to_vec()
}

impl From<idb::Error> for StoreError {
    fn from(error: idb::Error) -> Self {
        Self::of(error.to_string())
    }
}

impl From<JsValue> for StoreError {
    fn from(error: JsValue) -> Self {
        Self::of(format!("{error:?}"))
    }
}

impl StoreError {
    fn of(text: String) -> Self {
        if text.contains("QuotaExceeded") { Self::Full } else { Self::Failed(text) }
    }
}
