//! A mail as it would look, for the editor: with the data of a client that the
//! firm has, and made-up data where a client has none. Nothing of it is stored.

use super::{
    Composer, Misprint, Source,
    household::Household,
    kind::{Audience, MailProperties},
    occasion::{Draft, item, season_of},
    passage::Values,
    template::{Item, ParsedMailText},
    timing::{day_of, plus_days},
};
use model::{
    id::*,
    language::Language,
    mail::{MailKind, MailRank},
    record::Role,
    time::Timestamp,
};
use storage::{
    clock::random,
    db::{Advisor, Client, DbError, Firm, Mail, PersonRow, Query},
};
use ui::format;

ui::texts! {
    /// The names in a made-up household.
    MadeUp {
        client: "Jansen en Bakker", "Jansen and Bakker";
        task: "Checklist inkomstenbelasting", "Income tax checklist";
        request: "Jaaropgave 2025", "Annual statement 2025";
        came_in(person: &str): "{person} leverde de checklist in", "{person} handed in the checklist";
        device: "iPhone met Safari", "iPhone with Safari";
        document: "Aangifte IB 2025", "IB return 2025";
        remark: "Niet iedereen van wie wij akkoord vroegen, had toen akkoord gegeven.",
            "Not everybody whom we asked had approved it by then.";
        change: "Sem de Boer is uitgenodigd als beheerder", "Sem de Boer was invited as an administrator";
    }
}

impl Composer {
    /// Writes a mail with a text and a firm that need not be saved. The inner `Err` means that the text is malformed.
    pub fn sample(
        &self,
        q: &Query<'_>,
        advisor: &Advisor,
        (kind, language): (&'static MailProperties, Language),
        source: &Source,
        (firm, client): (&Firm, Option<&Client>),
        at: Timestamp,
    ) -> Result<Result<Mail, Misprint>, DbError> {
        if let Some(misprint) = source.misprints(kind, language).into_iter().next() {
            return Ok(Err(misprint));
        }
        let parsed = match ParsedMailText::read(source, kind, language) {
            Ok(parsed) => parsed,
            Err(misprint) => return Ok(Err(misprint)),
        };
        let household = household(q, advisor, (firm, client), language)?;
        let mut values = household.values(kind.audience, at, language);
        if kind.audience == Audience::Newcomer {
            values.insert("given_name", advisor.given_name.clone());
        }
        let draft = draft(kind, language, &household, at);
        values.extend(draft.values_in(language));
        let mail = self.mail_of(&parsed, &household.firm, &draft, language, &values);
        Ok(Ok(Mail { to_address: household.person.email, reply_to: advisor.email.clone(), ..mail }))
    }

    /// Addresses a sample to the advisor who asks for it.
    pub fn test_mail(&self, sample: Mail, advisor: &Advisor) -> Mail {
        Mail {
            kind: MailKind::Test,
            client: None,
            tax_year: None,
            person: None,
            advisor: Some(advisor.id),
            reply_to: String::new(),
            to_address: advisor.email.clone(),
            rank: MailRank::Access,
            ..sample
        }
    }
}

fn household(
    q: &Query<'_>,
    advisor: &Advisor,
    (firm, client): (&Firm, Option<&Client>),
    language: Language,
) -> Result<Household, DbError> {
    let client = client.cloned().unwrap_or_else(|| Client {
        id: ClientId::from_random(random()),
        firm: advisor.firm,
        number: "10417".to_owned(),
        name: MadeUp(language).client().to_owned(),
        advisor: advisor.id,
    });
    let person = q.people(client.id)?.into_iter().next().unwrap_or_else(|| PersonRow {
        id: PersonId::from_random(random()),
        firm: advisor.firm,
        client: client.id,
        account: None,
        name: "Marieke Jansen".to_owned(),
        given_name: "Marieke".to_owned(),
        email: "marieke@voorbeeld.example".to_owned(),
        language,
        role: Role::Approver,
        blocked: false,
        until: None,
    });
    let advisor = q.advisor(client.advisor)?.unwrap_or_else(|| advisor.clone());
    Ok(Household { firm: firm.clone(), client, advisor, person })
}

fn draft(kind: &'static MailProperties, language: Language, household: &Household, at: Timestamp) -> Draft {
    let t = MadeUp(language);
    let due = plus_days(day_of(at), 14);
    let items = match kind.id {
        MailKind::Digest => vec![Item {
            title: t.came_in(&household.person.name),
            detail: format!("{}, {}", household.client.name, household.client.number),
        }],
        _ => [t.task(), t.request()].map(|title| item(title, Some(due), None, language)).to_vec(),
    };
    let path = if kind.audience == Audience::Person { "/" } else { "/kantoor" };
    let more = [
        ("title", t.task().to_owned()),
        ("expires", format::date_long(due, language)),
        ("device", t.device().to_owned()),
        ("code", "482913".to_owned()),
        ("change", t.change().to_owned()),
        ("document", t.document().to_owned()),
        ("remark", t.remark().to_owned()),
    ];
    Draft {
        tax_year: Some(season_of(at)),
        due: Some(due),
        number: Some(2),
        more: Values::from(more),
        items,
        ..Draft::to_person(kind.id, path)
    }
}
