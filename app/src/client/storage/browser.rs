//! The device's storage as an IndexedDB database with strict durability.

use super::{LocalStore, StoreError, StoreWrite};
use idb::{Database, DatabaseEvent, Factory, KeyRange, ObjectStoreParams, Query, Transaction, TransactionMode};
use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbTransaction;

const ENTRIES: &str = "entries";

/// An IndexedDB database with one object store.
pub struct DeviceStore {
    database: Database,
    /// The same database, for the one call that the library lacks.
    raw: JsValue,
}

impl DeviceStore {
    /// Opens the database of this site, made where it is absent.
    pub async fn open() -> Result<Self, StoreError> {
        let mut request = Factory::new()?.open("akkoord", Some(1))?;
        request.on_upgrade_needed(|event| {
            // A failure here fails the opening, which reports it.
            if let Ok(database) = event.database()
                && let Err(error) = database.create_object_store(ENTRIES, ObjectStoreParams::new())
            {
                web_sys::console::warn_1(&error.to_string().into());
            }
        });
        let raw = JsValue::from(request.await?);
        Ok(Self { database: Database::try_from(raw.clone())?, raw })
    }

    /// A writing transaction that is on the disk, not only with the operating
    /// system, when it is done (Indexed Database API 3.0, section 4.4).
    fn strict_transaction(&self) -> Result<Transaction, JsValue> {
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into())?;
        let open: Function = Reflect::get(&self.raw, &"transaction".into())?.dyn_into()?;
        let transaction = open.call3(&self.raw, &Array::of1(&ENTRIES.into()), &"readwrite".into(), &options)?;
        Ok(Transaction::from(transaction.dyn_into::<IdbTransaction>()?))
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
        Ok(keys.into_iter().zip(values).filter_map(|(key, value)| Some((key.as_string()?, bytes_of(&value)))).collect())
    }

    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let transaction = self.database.transaction(&[ENTRIES], TransactionMode::ReadOnly)?;
        let value = transaction.object_store(ENTRIES)?.get(Query::Key(key.into()))?.await?;
        Ok(value.as_ref().map(bytes_of))
    }

    async fn commit(&self, batch: Vec<StoreWrite>) -> Result<(), StoreError> {
        let transaction = self.strict_transaction().map_err(|e| StoreError::Failed(format!("{e:?}")))?;
        let store = transaction.object_store(ENTRIES)?;
        for write in batch {
            match write {
                StoreWrite::Put(key, bytes) => {
                    store.put(Uint8Array::from(bytes.as_slice()).unchecked_ref(), Some(&key.into()))?;
                }
                StoreWrite::Delete(key) => {
                    store.delete(Query::Key(key.into()))?;
                }
            }
        }
        let result = transaction.commit()?.await?;
        if result.is_committed() { Ok(()) } else { Err(StoreError::Failed("the transaction was aborted".to_owned())) }
    }
}

fn bytes_of(value: &JsValue) -> Vec<u8> {
    Uint8Array::new(value).to_vec()
}

impl From<idb::Error> for StoreError {
    fn from(error: idb::Error) -> Self {
        let text = error.to_string();
        if text.contains("QuotaExceeded") { Self::Full } else { Self::Failed(text) }
    }
}
