//! What is put into a ZIP file, one thing after the other and only when somebody takes it: nothing is kept in memory
//! but a piece of one file. Whatever cannot be read ends it in the middle, so that nobody takes a part for the whole.

use super::{
    contents::{self, Item, Source},
    index::{self, Row, Table},
    name::Names,
    text::{Index, Named},
    zip::Zip,
};
use crate::{dossier::answer_sheet::Sheet, part::time_format::TimeFormat, state::Console};
use accounts::error::{Refusal, ServerError};
use documents::dossier::DossierYear;
use dossiers::{ActionError, evidence};
use model::{attachment::MediaType, event::Event, hash::ContentHash, id::*, time::TaxYear};
use std::{fs::File, io::Read, sync::Arc, vec};
use storage::db::{Actor, Advisor, Client, DbError, NewEvent};

/// The number of bytes that are given out at once, at least as long as there is more.
const PIECE: usize = 256 * 1024;
/// The number of bytes that are read at once.
const READ: usize = 64 * 1024;
/// The number of seconds in which it is recorded once that somebody takes out the same.
const TAKEN_ONCE: i64 = 3600;

/// What somebody takes out.
pub struct Wanted {
    pub state: Console,
    pub advisor: Advisor,
    /// The name of the advisor's firm.
    pub firm: String,
    pub tax_year: TaxYear,
    /// The clients, all of whom are looked up in the advisor's own firm.
    pub clients: Vec<ClientId>,
    /// True if each client gets a folder.
    pub has_folders: bool,
}

/// A ZIP file under way, with what is still to be put in.
pub struct Packing {
    wanted: Wanted,
    time_format: TimeFormat,
    zip: Zip,
    names: Names,
    clients: vec::IntoIter<ClientId>,
    at_hand: Option<AtHand>,
    /// A row for each client so far.
    overview: Vec<Row>,
}

/// The client whose year is being put in.
struct AtHand {
    client: Client,
    year: Arc<DossierYear>,
    /// The path of the client's folder, which is empty or ends with a slash.
    folder: String,
    items: vec::IntoIter<Item>,
    copying: Option<Copying>,
    rows: Vec<Row>,
    /// The number of items that are not there.
    absent: usize,
}

/// A file of the store that is being put in.
struct Copying {
    file: File,
    hasher: blake3::Hasher,
    item: Item,
    path: String,
}

impl Packing {
    pub fn begin(mut wanted: Wanted) -> Self {
        let time_format = TimeFormat { now: wanted.state.clock.now(), language: wanted.advisor.language };
        let clients = std::mem::take(&mut wanted.clients).into_iter();
        let (zip, names) = (Zip::begin(), Names::default());
        Self { wanted, time_format, zip, names, clients, at_hand: None, overview: Vec::new() }
    }

    /// Returns the next piece, or nothing if the last one was given out. Blocks. After an error there is no next one.
    pub fn next(&mut self) -> Result<Option<Vec<u8>>, ServerError> {
        let mut piece = self.zip.take();
        while piece.len() < PIECE && !self.zip.is_whole() {
            self.go_on()?;
            piece.append(&mut self.zip.take());
        }
        Ok((!piece.is_empty()).then_some(piece))
    }

    fn go_on(&mut self) -> Result<(), ServerError> {
        match (self.at_hand.take(), self.clients.len()) {
            (Some(at_hand), _) => self.at_hand = self.put_in(at_hand)?,
            (None, 0) => self.end()?,
            (None, _) => self.at_hand = self.next_client()?,
        }
        Ok(())
    }

    /// Takes the next client at hand, and records that its documents are taken out. Returns nothing if the year was not
    /// opened for it.
    fn next_client(&mut self) -> Result<Option<AtHand>, ServerError> {
        let (state, tax_year) = (&self.wanted.state, self.wanted.tax_year);
        let Some(id) = self.clients.next() else { return Ok(None) };
        let client = state.db.read(|q| q.client(self.wanted.advisor.firm, id))?.ok_or(Refusal::NotFound)?;
        let year = match state.dossiers.read(id, tax_year) {
            Err(ActionError::NoSuchYear) => {
                let remark = Index(self.time_format.language).unopened(tax_year.0);
                self.overview.push(Row { path: None, cells: overview_row(&client, "", 0, 0, &remark) });
                return Ok(None);
            }
            read => read?,
        };
        let items = contents::of(&year, self.time_format);
        let count = items.iter().filter(|item| !item.source.is_absent()).count();
        self.record(id, count)?;
        let wish = format!("{} {}", client.number, client.name);
        let folder = if self.wanted.has_folders { self.names.folder(&wish) } else { String::new() };
        let items = items.into_iter();
        Ok(Some(AtHand { client, year, folder, items, copying: None, rows: Vec::new(), absent: 0 }))
    }

    /// Writes into the audit log who takes out what, before any of it is given. Who does so again and again is written
    /// once an hour: more would only make the log longer.
    fn record(&self, client: ClientId, count: usize) -> Result<(), ServerError> {
        let Wanted { state, advisor, tax_year, .. } = &self.wanted;
        let (at, actor) = (state.clock.now(), Actor::Advisor(advisor.id));
        let (client, tax_year) = (Some(client), Some(*tax_year));
        let event = Event::DocumentsTakenOut { count };
        let event = NewEvent { firm: advisor.firm, client, tax_year, at, actor, event };
        let since = at.plus_seconds(-TAKEN_ONCE);
        Ok(state.db.write_blocking::<_, DbError>(move |tx| {
            if tx.was_logged_since(&event, since)? { Ok(()) } else { tx.log(&event) }
        })?)
    }

    /// Puts in more of a client. Returns nothing once all of it is there.
    fn put_in(&mut self, mut at_hand: AtHand) -> Result<Option<AtHand>, ServerError> {
        if let Some(copying) = at_hand.copying.take() {
            at_hand.copying = self.copy(copying, &mut at_hand.rows, &at_hand.folder)?;
            return Ok(Some(at_hand));
        }
        let Some(item) = at_hand.items.next() else {
            self.put_in_index(at_hand)?;
            return Ok(None);
        };
        let (id, year) = (at_hand.client.id, at_hand.year.clone());
        let sheet = |checklist: ChecklistId| {
            let set_out = year.checklists.get(&checklist).ok_or(Refusal::NotFound)?;
            let (client, time_format) = (&at_hand.client, self.time_format);
            Ok::<_, ServerError>(Sheet { client, year: &year, time_format, id: checklist, checklist: set_out })
        };
        match item.source {
            Source::Stored { hash, .. } => at_hand.copying = Some(self.open(&at_hand.folder, id, hash, item)?),
            Source::AnswersAsPdf(checklist) => {
                let bytes = sheet(checklist)?.on_paper(self.wanted.firm.clone());
                at_hand.rows.push(self.put_in_made(&at_hand.folder, &item, "pdf", &bytes)?);
            }
            Source::AnswersAsCsv(checklist) => {
                let bytes = sheet(checklist)?.for_spreadsheets()?;
                at_hand.rows.push(self.put_in_made(&at_hand.folder, &item, "csv", &bytes)?);
            }
            Source::Evidence(approval) => match self.evidence(id, approval)? {
                Some(pack) => at_hand.rows.push(self.put_in_made(&at_hand.folder, &item, "zip", &pack)?),
                None => {
                    let remark = Index(self.time_format.language).no_evidence().to_owned();
                    at_hand.rows.push(self.row(&Item { remark, ..item }, &at_hand.folder, None));
                    at_hand.absent += 1;
                }
            },
            Source::Absent(_) => {
                at_hand.rows.push(self.row(&item, &at_hand.folder, None));
                at_hand.absent += 1;
            }
        }
        Ok(Some(at_hand))
    }

    /// Returns the evidence pack of an approval; none if nothing proves it, such as one by an unknown passkey.
    fn evidence(&self, client: ClientId, approval: ApprovalId) -> Result<Option<Vec<u8>>, ServerError> {
        let Console { dossiers, seal, .. } = &self.wanted.state;
        match evidence::collect(dossiers, client, self.wanted.tax_year, approval, None) {
            Ok(material) => {
                let pack = evidence::make(&material, dossiers.relying_party(), seal);
                pack.map(Some).map_err(ServerError::inner)
            }
            Err(ServerError::Refused(Refusal::NotFound)) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// Begins to put in a file of the store.
    fn open(&mut self, folder: &str, client: ClientId, hash: ContentHash, item: Item) -> Result<Copying, ServerError> {
        let Console { db, files, .. } = &self.wanted.state;
        let row = db.read(|q| q.file(client, hash))?.ok_or(DbError::Missing("file of a dossier"))?;
        let file = File::open(files.path(client, hash))?;
        let media_type = MediaType::of_mime(&row.media_type);
        let extensions: &[&str] = match media_type {
            Some(MediaType::Jpeg) => &["jpg", "jpeg"],
            Some(MediaType::Heic) => &["heic", "heif"],
            Some(other) => &[other.extension()],
            None => &["bin"],
        };
        let path = self.start(folder, &item, extensions)?;
        Ok(Copying { file, hasher: blake3::Hasher::new(), item, path })
    }

    /// Puts in the next bytes of a file. At its end they have to be what the dossier says.
    fn copy(
        &mut self,
        mut copying: Copying,
        rows: &mut Vec<Row>,
        folder: &str,
    ) -> Result<Option<Copying>, ServerError> {
        let mut bytes = [0; READ];
        let count = copying.file.read(&mut bytes)?;
        if count > 0 {
            copying.hasher.update(&bytes[..count]);
            self.zip.write(&bytes[..count])?;
            return Ok(Some(copying));
        }
        let found = (ContentHash(*copying.hasher.finalize().as_bytes()), copying.hasher.count());
        match copying.item.source {
            Source::Stored { hash, size } if found == (hash, size) => {}
            _ => return Err(ServerError::inner(format!("the file {} in the store is damaged", copying.path))),
        }
        rows.push(self.row(&copying.item, folder, Some((copying.path, found.0, found.1))));
        Ok(None)
    }

    /// Puts in what was made now.
    fn put_in_made(&mut self, folder: &str, item: &Item, extension: &str, bytes: &[u8]) -> Result<Row, ServerError> {
        let path = self.start(folder, item, &[extension])?;
        self.zip.write(bytes)?;
        Ok(self.row(item, folder, Some((path, ContentHash::of(bytes), bytes.len() as u64))))
    }

    /// Begins a file in the ZIP file. Returns its path.
    fn start(&mut self, folder: &str, item: &Item, extensions: &[&str]) -> Result<String, ServerError> {
        let folder = format!("{folder}{}/", item.folder.name(self.time_format.language));
        let path = self.names.file(&folder, &item.name, extensions);
        self.zip.start(&path, self.time_format.local(item.at.unwrap_or(self.time_format.now)))?;
        Ok(path)
    }

    /// Returns the row of an item in the index, with its path, hash and size if it was put in.
    fn row(&self, item: &Item, folder: &str, put_in: Option<(String, ContentHash, u64)>) -> Row {
        let path = put_in.as_ref().map(|(path, ..)| path.strip_prefix(folder).unwrap_or(path).to_owned());
        let hash = match (&put_in, &item.source) {
            (Some((_, hash, _)), _) | (None, Source::Absent(Some(hash))) => hash.to_string(),
            _ => String::new(),
        };
        let cells = vec![
            path.clone().unwrap_or_else(|| item.name.clone()),
            item.folder.name(self.time_format.language).to_owned(),
            item.from.clone(),
            self.time_format.exact(item.at.unwrap_or(self.time_format.now)),
            put_in.map(|(_, _, size)| size.to_string()).unwrap_or_default(),
            hash,
            item.remark.clone(),
        ];
        Row { path, cells }
    }

    /// Puts in the index of a client, which ends it.
    fn put_in_index(&mut self, at_hand: AtHand) -> Result<(), ServerError> {
        let AtHand { client, folder, rows, absent, .. } = at_hand;
        let (t, named) = (Index(self.time_format.language), Named(self.time_format.language));
        let count = rows.len() - absent;
        let mut lead = vec![self.lead()];
        lead.extend((absent > 0).then(|| t.absent(absent)));
        let headings = [t.path(), t.kind(), t.from(), t.at(), t.size(), t.hash(), t.remark()];
        let table = Table {
            title: t.title(&client.name, &client.number, self.wanted.tax_year.0),
            lead,
            headings: headings.map(str::to_owned).to_vec(),
            rows,
        };
        self.put_in_table(&folder, named.index(), &table)?;
        let path = Some(format!("{folder}{}.html", named.index()));
        let cells = overview_row(&client, folder.trim_end_matches('/'), count, absent, "");
        self.overview.push(Row { path, cells });
        Ok(())
    }

    /// Ends the ZIP file, with a table of the clients if there is a folder for each of them.
    fn end(&mut self) -> Result<(), ServerError> {
        if self.wanted.has_folders {
            let (t, named) = (Index(self.time_format.language), Named(self.time_format.language));
            let headings = [t.number(), t.client(), t.folder(), t.files(), t.missing(), t.remark()];
            let table = Table {
                title: t.overview_title(self.wanted.tax_year.0),
                lead: vec![self.lead()],
                headings: headings.map(str::to_owned).to_vec(),
                rows: std::mem::take(&mut self.overview),
            };
            self.put_in_table("", named.overview(), &table)?;
        }
        self.zip.end()
    }

    fn put_in_table(&mut self, folder: &str, name: &str, table: &Table) -> Result<(), ServerError> {
        let page = index::page(self.time_format.language, table).into_bytes();
        for (extension, bytes) in [("html", page), ("csv", index::for_spreadsheets(table)?)] {
            let path = self.names.file(folder, name, &[extension]);
            self.zip.start(&path, self.time_format.local(self.time_format.now))?;
            self.zip.write(&bytes)?;
        }
        Ok(())
    }

    /// Returns the sentence that says who took this out, and when.
    fn lead(&self) -> String {
        let Wanted { firm, advisor, .. } = &self.wanted;
        Index(self.time_format.language).lead(firm, &advisor.name, &self.time_format.exact(self.time_format.now))
    }
}

fn overview_row(client: &Client, folder: &str, files: usize, missing: usize, remark: &str) -> Vec<String> {
    let missing = if missing > 0 { missing.to_string() } else { String::new() };
    vec![client.number.clone(), client.name.clone(), folder.to_owned(), files.to_string(), missing, remark.to_owned()]
}
