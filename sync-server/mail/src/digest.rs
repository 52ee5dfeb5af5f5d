//! The advisor's daily digest: one mail with what came in since the last one.
//! It is made and marked as done in one transaction, so that nothing is named twice.

use super::{
    Composer,
    household::Household,
    occasion::Draft,
    template::Item,
    timing::{Schedule, day_of, local},
};
use model::{
    id::*,
    language::Language,
    mail::{DigestKind, MailKind},
    time::Timestamp,
};
use std::sync::Arc;
use storage::{
    apart::apart,
    db::{Db, DbError, DigestItem, Mail, Tx, Work, WorkItem},
};

ui::texts! {
    /// Texts of what came in, for the digest.
    CameIn {
        document_received(year: i16): "stuurde een document voor {year}", "sent a document for {year}";
        handed_in(year: i16): "leverde de checklist over {year} in", "handed in the checklist for {year}";
        approved(year: i16): "gaf akkoord over {year}", "gave approval for {year}";
        declined(year: i16): "is niet akkoord met de aangifte over {year}", "does not agree with the tax return for {year}";
        change_proposed: "geeft een wijziging door", "reports a change";
        message_received: "stuurde een bericht", "sent a message";
        times(words: &str, count: usize): "{words}, {count} keer", "{words}, {count} times";
    }
}

/// Writes the digests that are due. One that fails delays no other.
pub async fn make(db: &Db, composer: &Arc<Composer>, at: Timestamp) -> Result<(), DbError> {
    for (firm, advisor) in db.read(|q| q.advisors_with_digest())? {
        let composer = composer.clone();
        let one = db.write(move |tx| make_one(tx, &composer, advisor, at));
        apart(db, at, WorkItem::of_firm(Work::Digest, firm, advisor), one).await;
    }
    Ok(())
}

fn make_one(tx: &Tx<'_>, composer: &Composer, advisor: AdvisorId, at: Timestamp) -> Result<(), DbError> {
    let addressee = tx.advisor(advisor)?.ok_or(DbError::Missing("advisor of a digest"))?;
    let schedule = Schedule::of(tx, addressee.firm)?;
    if local(at).hour() < schedule.digest_at || schedule.awake(at) != at {
        return Ok(());
    }
    if tx.last_digest(advisor)?.is_some_and(|last| day_of(last) >= day_of(at)) {
        return Ok(());
    }
    let items = tx.digest_items(advisor)?;
    let Some(last) = items.last() else { return Ok(()) };
    let household = Household::of(tx, last.person)?;
    let draft =
        Draft { items: listed(tx, &items, addressee.language)?, ..Draft::to_person(MailKind::Digest, "/kantoor") };
    // The digest goes to the advisor for whom the items were collected, even if another is responsible now.
    let household = Household { advisor: addressee, ..household };
    let mail = Mail { client: None, person: None, ..composer.written(tx, &household, &draft, at)? };
    let id = composer.put(tx, &mail, at, at)?;
    tx.digest_made(advisor, last.id, id)
}

/// Returns one line per person and kind, however often something happened.
fn listed(tx: &Tx<'_>, items: &[DigestItem], language: Language) -> Result<Vec<Item>, DbError> {
    let t = CameIn(language);
    let mut lines: Vec<(&DigestItem, usize)> = Vec::new();
    for item in items {
        let same =
            |other: &DigestItem| (other.person, other.tax_year, other.kind) == (item.person, item.tax_year, item.kind);
        match lines.iter_mut().find(|(other, _)| same(other)) {
            Some((_, count)) => *count += 1,
            None => lines.push((item, 1)),
        }
    }
    let lines = lines.into_iter().map(|(item, count)| {
        let household = Household::of(tx, item.person)?;
        let year = item.tax_year.0;
        let words = match item.kind {
            DigestKind::DocumentReceived => t.document_received(year),
            DigestKind::HandedIn => t.handed_in(year),
            DigestKind::Approved => t.approved(year),
            DigestKind::Declined => t.declined(year),
            DigestKind::ChangeProposed => t.change_proposed().to_owned(),
            DigestKind::MessageReceived => t.message_received().to_owned(),
        };
        let words = if count > 1 { t.times(&words, count) } else { words };
        let detail = format!("{}, {}", household.client.name, household.client.number);
        Ok(Item { title: format!("{} {words}", household.person.name), detail })
    });
    lines.collect()
}
