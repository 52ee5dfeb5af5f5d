//! Quarantine of changes that the server will never take: the year ended for this person, or a record is no longer
//! valid. They stay on this device, and can be exported as a file.

use super::{Client, LocalStore, keys, replica::Unsent};
use serde_json::{Value, json};

impl Client {
    /// Counts the changes in quarantine on this device.
    pub async fn quarantined(&self) -> usize {
        let (Some(store), Some(account)) = (self.store(), self.account()) else { return 0 };
        store.names(&keys::all_quarantined(account)).await.map_or(0, |names| names.len())
    }

    /// Returns all changes in quarantine as readable JSON: each change with its moment, and each of its records as it
    /// was written. Returns `None` if the device's store fails.
    pub async fn quarantine_as_file(&self) -> Option<Vec<u8>> {
        self.as_file(&keys::all_quarantined(self.account()?)).await
    }

    /// Returns all changes that were not sent yet in the same way. It reads the store and no document, so it also works
    /// when a document cannot be read.
    pub async fn unsent_as_file(&self) -> Option<Vec<u8>> {
        self.as_file(&keys::whole_outbox(self.account()?)).await
    }

    async fn as_file(&self, prefix: &str) -> Option<Vec<u8>> {
        let stored = self.store()?.load(prefix).await.ok()?;
        let changes: Vec<Value> = stored
            .iter()
            .filter_map(|(_, bytes)| postcard::from_bytes::<Unsent>(bytes).ok())
            .map(|u| readable(&u))
            .collect();
        serde_json::to_vec_pretty(&changes).ok()
    }
}

fn readable(unsent: &Unsent) -> Value {
    let change = unsent.change();
    let record = |write: &model::section::Write| {
        // A record is embedded as JSON, or as text if it is not valid JSON.
        let value = serde_json::from_str(&write.value).unwrap_or_else(|_| Value::from(write.value.as_str()));
        json!({ "section": write.section.name(), "key": write.key, "record": value })
    };
    json!({
        "written_at": change.at.at_offset(0).strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "records": change.writes.iter().map(record).collect::<Vec<_>>(),
    })
}
