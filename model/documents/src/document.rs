//! The two Automerge documents of a client's tax year: one that the firm
//! writes, and one that the client's people write.
//!
//! A document is a map of sections, a section a map of records (see
//! [`model::record`]). All section maps are made by the server's first change,
//! so two devices never make the same map twice and lose one side.

use automerge::{
    ActorId, Automerge, AutomergeError, Change, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, ScalarValueRef,
    Value, ValueRef,
    iter::MapRangeItem,
    transaction::{CommitOptions, Transactable},
};
use model::{
    section::{Party, Record, Section, Write},
    time::Timestamp,
};

/// The number of newest changes that a document may have side by side. When it has more, the server's own next change
/// is based on all of them. It is half of what a device may name ([`crate::replay::MAX_DEPS`]), so a device that knows
/// all of them can still add what it wrote itself.
pub const MAX_HEADS: usize = 8;

/// The furthest moment from 1970 that a change may have, in milliseconds: as far as a browser's clock goes. The library
/// keeps the differences of moments, and gives up the whole program where one does not fit.
const FURTHEST: u64 = 8_640_000_000_000_000;

/// A record that this release cannot read, most likely because a newer release wrote it. It stays
/// in the document as it is and is never overwritten. Reading continues without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownRecord {
    /// The section of the record; `None` if this release does not know the section either.
    pub section: Option<Section>,
    /// The key of the record.
    pub key: String,
}

/// A change as the Automerge library stores it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawChange {
    /// The hash that identifies the change.
    pub hash: [u8; 32],
    /// The hashes of the changes it is based on.
    pub deps: Vec<[u8; 32]>,
    /// Automerge's own bytes.
    pub bytes: Vec<u8>,
}

/// The reasons why a document cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Bytes from this side's own store cannot be read, or a change does not fit.
    #[error("document cannot be read or written: {0}")]
    Automerge(#[from] AutomergeError),
    /// The change has a moment that no clock has.
    #[error("a change has a moment that no clock has")]
    ImpossibleMoment,
    /// The change would overwrite a record that this release cannot read.
    #[error("a record of a newer release would be overwritten")]
    UnknownRecord,
}

/// Records of one type under their keys.
fn read<R: Record>(
    texts: Vec<(String, Vec<Option<String>>)>,
    unknown: &mut Vec<UnknownRecord>,
) -> Vec<(R::Key, Vec<R>)> {
    let mut records = Vec::new();
    for (key, texts) in texts {
        match (key.parse(), all_read(&texts)) {
            (Ok(parsed), Some(read)) => records.push((parsed, read)),
            _ => unknown.push(UnknownRecord { section: Some(R::SECTION), key }),
        }
    }
    records
}

/// Returns the records under one key, or `None` if one of them cannot be read.
fn all_read<R: Record>(texts: &[Option<String>]) -> Option<Vec<R>> {
    let mut records = Vec::with_capacity(texts.len());
    for text in texts {
        records.push(serde_json::from_str(text.as_deref()?).ok()?);
    }
    Some(records)
}

/// Returns the text of a stored value, or `None` if it is something else.
fn text(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Scalar(scalar) => match scalar.as_ref() {
            ScalarValue::Str(text) => Some(text.to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// An Automerge document of a [`Party`].
#[derive(Debug, Clone)]
pub struct Document {
    automerge: Automerge,
}

impl Document {
    /// Returns the document before anybody wrote: all section maps of `party`. The
    /// bytes are the same everywhere.
    pub fn blank(party: Party) -> Result<(Self, RawChange), DocumentError> {
        let mut automerge = Automerge::new().with_actor(ActorId::from([0; 16]));
        let mut transaction = automerge.transaction();
        transaction.put(ROOT, "schema", 1_i64)?;
        for section in Section::ALL.iter().filter(|s| s.party() == party) {
            transaction.put_object(ROOT, section.name(), ObjType::Map)?;
        }
        let (hash, _) = transaction.commit_with(CommitOptions::default().with_time(0));
        let mut document = Self { automerge };
        let raw = hash.and_then(|h| document.raw(h)).ok_or(AutomergeError::InvalidHash(ChangeHash([0; 32])))?;
        document.automerge.set_actor(ActorId::from([0xff; 16]));
        Ok((document, raw))
    }

    /// Adds the section maps that later releases introduced. Returns `None` if all exist.
    /// Only the server does this, as a change like any other.
    pub fn upgrade(
        &mut self,
        party: Party,
        actor: &[u8; 16],
        at: Timestamp,
    ) -> Result<Option<RawChange>, DocumentError> {
        let missing: Vec<_> =
            Section::ALL.iter().filter(|s| s.party() == party && self.map(**s).is_none()).copied().collect();
        self.automerge.set_actor(ActorId::from(*actor));
        let mut transaction = self.automerge.transaction();
        for section in missing {
            transaction.put_object(ROOT, section.name(), ObjType::Map)?;
        }
        let (hash, _) = transaction.commit_with(CommitOptions::default().with_time(at.0));
        Ok(hash.and_then(|h| self.raw(h)))
    }

    /// Adds a change that is based on all others and writes nothing, if there are more than [`MAX_HEADS`] newest ones.
    /// Only the server does this: it says nothing in anybody's name.
    pub fn merge_heads(&mut self, actor: &[u8; 16], at: Timestamp) -> Option<RawChange> {
        if self.automerge.get_heads().len() <= MAX_HEADS {
            return None;
        }
        self.automerge.set_actor(ActorId::from(*actor));
        let hash = self.automerge.empty_commit(CommitOptions::default().with_time(at.0));
        self.raw(hash)
    }

    /// Returns a document without any change, to which changes of the log are applied.
    pub fn empty() -> Self {
        Self { automerge: Automerge::new() }
    }

    /// Reads bytes that [`Document::save`] made. They must never come from somebody else.
    pub fn load(bytes: &[u8]) -> Result<Self, DocumentError> {
        Ok(Self { automerge: Automerge::load(bytes)? })
    }

    /// Writes all changes in one compressed piece.
    pub fn save(&self) -> Vec<u8> {
        self.automerge.save()
    }

    /// Writes the same in a form that is larger and loads faster.
    pub fn save_uncompressed(&self) -> Vec<u8> {
        self.automerge.save_nocompress()
    }

    /// Returns the hashes of the newest changes, sorted.
    pub fn heads(&self) -> Vec<[u8; 32]> {
        let mut heads: Vec<_> = self.automerge.get_heads().into_iter().map(|h| h.0).collect();
        heads.sort_unstable();
        heads
    }

    /// Returns true if the change `hash` is in this document.
    pub fn has(&self, hash: &[u8; 32]) -> bool {
        self.automerge.get_change_by_hash(&ChangeHash(*hash)).is_some()
    }

    /// Applies changes from the server's log (raw Automerge bytes). They must never be
    /// bytes that a client sent.
    pub fn apply<'b>(&mut self, changes: impl IntoIterator<Item = &'b [u8]>) -> Result<Vec<[u8; 32]>, DocumentError> {
        let mut parsed = Vec::new();
        for bytes in changes {
            let change = Change::from_bytes(bytes.to_vec()).map_err(AutomergeError::from)?;
            if change.timestamp().unsigned_abs() > FURTHEST {
                return Err(DocumentError::ImpossibleMoment);
            }
            parsed.push(change);
        }
        let hashes = parsed.iter().map(|c| c.hash().0).collect();
        self.automerge.apply_changes(parsed)?;
        Ok(hashes)
    }

    /// Counts the records that were ever written, and with them a few things that the server wrote into a new document.
    pub fn written(&self) -> usize {
        usize::try_from(self.automerge.stats().num_ops).unwrap_or(usize::MAX)
    }

    /// Returns the document as it was at `heads`.
    pub fn at(&self, heads: &[[u8; 32]]) -> Result<Self, DocumentError> {
        let heads: Vec<_> = heads.iter().copied().map(ChangeHash).collect();
        Ok(Self { automerge: self.automerge.fork_at(&heads)? })
    }

    /// Adds all changes that `other` has and this document has not.
    pub fn merge(&mut self, other: &Self) -> Result<(), DocumentError> {
        self.automerge.merge(&mut other.automerge.clone())?;
        Ok(())
    }

    /// Writes records as one change by `actor`, based on the present heads.
    /// Returns `None` if nothing would change. The same writes on the same heads
    /// result in the same bytes everywhere: the whole replay depends on that.
    pub fn write(
        &mut self,
        actor: &[u8; 16],
        at: Timestamp,
        writes: &[Write],
    ) -> Result<Option<RawChange>, DocumentError> {
        if at.0.unsigned_abs() > FURTHEST {
            return Err(DocumentError::ImpossibleMoment);
        }
        self.automerge.set_actor(ActorId::from(*actor));
        let mut transaction = self.automerge.transaction();
        for write in writes {
            let map = match transaction.get(ROOT, write.section.name())? {
                Some((Value::Object(ObjType::Map), map)) => map,
                _ => return Err(AutomergeError::InvalidObjId(write.section.name().to_owned()).into()),
            };
            let there = transaction.get_all(&map, write.key.as_str())?;
            if !there.iter().all(|(value, _)| text(value).is_some_and(|text| write.section.try_reading(&text).is_ok()))
            {
                return Err(DocumentError::UnknownRecord);
            }
            transaction.put(&map, write.key.as_str(), write.value.as_str())?;
        }
        let (hash, _) = transaction.commit_with(CommitOptions::default().with_time(at.0));
        Ok(hash.and_then(|h| self.raw(h)))
    }

    /// Returns true if there is a record under `key`.
    pub fn contains(&self, section: Section, key: &str) -> bool {
        self.map(section).is_some_and(|map| matches!(self.automerge.get(&map, key), Ok(Some(_))))
    }

    /// Returns all records of one type, in the order of their keys' text. A key with more than one
    /// record was written by two people who did not see each other's.
    pub fn records<R: Record>(&self, unknown: &mut Vec<UnknownRecord>) -> Vec<(R::Key, Vec<R>)> {
        let texts = self.texts(R::SECTION);
        if texts.is_empty() { Vec::new() } else { read::<R>(texts, unknown) }
    }

    /// Returns the record under `key`; if there are several, the one that the library picks.
    pub fn record<R: Record>(&self, key: &R::Key) -> Option<R> {
        let (value, _) = self.automerge.get(&self.map(R::SECTION)?, key.to_string()).ok()??;
        serde_json::from_str(&text(&value)?).ok()
    }

    /// Returns the keys of a section, in the order of their text.
    pub fn keys(&self, section: Section) -> Vec<String> {
        self.map(section).map(|map| self.automerge.keys(&map).collect()).unwrap_or_default()
    }

    /// Returns the unparsed values of a section; `None` for a value that is no text. This is separate from
    /// [`Document::records`], so that it is compiled once and not per record type.
    fn texts(&self, section: Section) -> Vec<(String, Vec<Option<String>>)> {
        let Some(map) = self.map(section) else { return Vec::new() };
        // One walk over the map is many times faster than a search for each key.
        let read = |item: MapRangeItem<'_>| {
            let texts = if item.conflict {
                let all = self.automerge.get_all(&map, &*item.key).unwrap_or_default();
                all.iter().map(|(value, _)| text(value)).collect()
            } else {
                vec![match item.value {
                    ValueRef::Scalar(ScalarValueRef::Str(text)) => Some(text.into_owned()),
                    _ => None,
                }]
            };
            (item.key.into_owned(), texts)
        };
        self.automerge.map_range(&map, ..).map(read).collect()
    }

    /// Returns the records of sections that this release does not know.
    pub fn unknown_sections(&self) -> Vec<UnknownRecord> {
        let is_known = |name: &String| Section::ALL.iter().any(|section| section.name() == name);
        let mut records = Vec::new();
        for name in self.automerge.keys(ROOT).filter(|name| !is_known(name)) {
            if let Ok(Some((Value::Object(ObjType::Map), map))) = self.automerge.get(ROOT, name.as_str()) {
                records.extend(self.automerge.keys(&map).map(|key| UnknownRecord { section: None, key }));
            }
        }
        records
    }

    fn map(&self, section: Section) -> Option<ObjId> {
        match self.automerge.get(ROOT, section.name()) {
            Ok(Some((Value::Object(ObjType::Map), map))) => Some(map),
            _ => None,
        }
    }

    fn raw(&self, hash: ChangeHash) -> Option<RawChange> {
        let change = self.automerge.get_change_by_hash(&hash)?;
        let deps = change.deps().iter().map(|d| d.0).collect();
        Some(RawChange { hash: hash.0, deps, bytes: change.raw_bytes().to_vec() })
    }
}
