//! Inviting people of a client, and what to say about those who were left out.

mod text;

use crate::state::Console;
use accounts::{
    error::ServerError,
    invitation::{self, Skipped},
};
use model::language::Language;
use storage::db::{Actor, Advisor, PersonRow};
use text::Inviting;

/// Invites people with their mails. Returns those who were left out, each with the reason.
pub async fn invite(
    state: &Console,
    by: &Advisor,
    people: Vec<PersonRow>,
) -> Result<Vec<(PersonRow, Skipped)>, ServerError> {
    let (composer, now, by) = (state.composer.clone(), state.clock.now(), Actor::Advisor(by.id));
    let invited = people.clone();
    let skipped = state.db.write(move |tx| invitation::invite_many(tx, &composer, &invited, by, now));
    let skipped = skipped.await?;
    let reason = |person: PersonRow| {
        let (_, reason) = skipped.iter().find(|(id, _)| *id == person.id)?;
        Some((person, *reason))
    };
    Ok(people.into_iter().filter_map(reason).collect())
}

/// Invites one person, also shortly after an earlier invitation. Returns the person and the reason if this cannot be.
pub async fn invite_again(
    state: &Console,
    by: &Advisor,
    person: PersonRow,
) -> Result<Vec<(PersonRow, Skipped)>, ServerError> {
    let (composer, now, by) = (state.composer.clone(), state.clock.now(), Actor::Advisor(by.id));
    let invited = person.clone();
    let skipped = state.db.write(move |tx| invitation::invite_again(tx, &composer, &invited, by, now));
    Ok(skipped.await?.into_iter().map(|reason| (person.clone(), reason)).collect())
}

/// Returns the sentences that say why people were not invited, or None if everybody was.
pub fn refusal(language: Language, skipped: &[(PersonRow, Skipped)]) -> Option<String> {
    let t = Inviting(language);
    let sentence = |(person, reason): &(PersonRow, Skipped)| match reason {
        Skipped::Registered => t.registered(&person.name),
        Skipped::Blocked => t.blocked(&person.name),
        Skipped::NoMail => t.no_mail(&person.name),
        Skipped::JustInvited => t.just_invited(&person.name),
    };
    let sentences: Vec<_> = skipped.iter().map(sentence).collect();
    Some(sentences.join(" ")).filter(|text| !text.is_empty())
}
