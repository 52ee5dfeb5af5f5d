//! The actions of a household of the demo at moments of the season: a firm, its advisor, and a
//! clock that can be set to those moments.

use super::{
    error::DemoError,
    household::{Household, TaxReturn, YEAR},
    paperwork,
};
use accounts::{invitation::invite_person, origin::Origin};
use dossiers::{Asks, Dossiers, NewRevision, WantedReturn, keep_order, proposed_capacity, template};
use jiff::{ToSpan, tz::TimeZone};
use mail::{Composer, Notice};
use model::{
    attachment::MediaType,
    event::Event,
    id::*,
    language::Language,
    money::Cents,
    payment::{TAX_AUTHORITY_IBAN, reference_of_return},
    record::{DeliveredFile, DetailField, Enough, Figure, Payment, ResultOf, Role, Taxpayer},
    tax_return::{Capacity, Period, ReturnKind},
    time::{Date, Timestamp},
};
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use storage::{
    attachment::StoredFile,
    clock::{Clock, random},
    db::{Actor, Advisor, Client, Db, DbError, FileView, NewEvent, PersonRow},
};

/// The latest hour of the day at which something happens in the demo.
const LAST_HOUR: i8 = 15;

/// The firm at work, at a moment of the season.
pub(super) struct DemoFirm<'s> {
    pub origin: &'s Origin,
    pub advisor: Advisor,
    pub dossiers: Dossiers,
    pub composer: Arc<Composer>,
    now: Arc<AtomicI64>,
    today: Date,
}

impl<'s> DemoFirm<'s> {
    /// Prepares the demo. Its moments are in the weeks before today, so that the
    /// season looks alive whenever somebody starts it.
    pub fn new(today: &Dossiers, origin: &'s Origin, advisor: Advisor) -> Self {
        let real = zoned(today.clock().now());
        let day = if real.hour() >= LAST_HOUR { real.date() } else { real.date().saturating_sub(1.day()) };
        let now = Arc::new(AtomicI64::new(today.clock().now().0));
        let shared = now.clone();
        let clock = Clock::of(move || Timestamp(shared.load(Ordering::SeqCst)));
        let dossiers = Dossiers::new(
            today.db().clone(),
            clock,
            today.composer().clone(),
            origin.relying_party(),
            (today.files().clone(), today.inspector().clone(), today.vault().clone()),
        );
        Self { origin, advisor, dossiers, composer: today.composer().clone(), now, today: day }
    }

    /// Sets the clock to a moment: so many days ago, at that time in the Netherlands.
    pub fn at(&self, days_ago: i64, hour: i8, minute: i8) -> Timestamp {
        let day = self.day(-days_ago);
        let moment = day.at(hour, minute, 11, 0).to_zoned(zone()).map_or(0, |z| z.timestamp().as_millisecond());
        self.now.store(moment, Ordering::SeqCst);
        Timestamp(moment)
    }

    /// Returns the present moment of the story.
    pub fn now(&self) -> Timestamp {
        Timestamp(self.now.load(Ordering::SeqCst))
    }

    /// Returns the day so many days from today.
    pub fn day(&self, days: i64) -> Date {
        self.today.saturating_add(days.days())
    }

    /// Returns the database.
    pub fn db(&self) -> &Db {
        self.dossiers.db()
    }

    /// Stores what the firm knows of a person of a household.
    pub fn keep_details(
        &self,
        household: &Household,
        person: usize,
        known: &[(DetailField, &str)],
    ) -> Result<(), DemoError> {
        let person = household.people.get(person).ok_or(DemoError::Incomplete)?.id;
        let known = known.iter().map(|(field, value)| (*field, (*value).to_owned())).collect();
        Ok(self.dossiers.keep_details(&self.advisor, household.client.id, YEAR, person, known)?)
    }

    /// Adds a household and opens its year.
    pub fn household(
        &self,
        number: &str,
        name: &str,
        people: &[(&str, &str, Language)],
    ) -> Result<Household, DemoError> {
        let (firm, at) = (self.advisor.firm, self.now());
        let client = Client {
            id: ClientId::from_random(random()),
            firm,
            number: number.to_owned(),
            name: name.to_owned(),
            advisor: self.advisor.id,
        };
        let mut people: Vec<_> = people
            .iter()
            .map(|(name, given_name, language)| PersonRow {
                id: PersonId::from_random(random()),
                firm,
                client: client.id,
                account: None,
                name: (*name).to_owned(),
                given_name: (*given_name).to_owned(),
                email: format!("{}@voorbeeld.example", plain(given_name)),
                language: *language,
                role: Role::Approver,
                blocked: false,
                until: None,
            })
            .collect();
        keep_order(&mut people);
        let (row, rows) = (client.clone(), people.clone());
        let added = self.event(
            &client,
            Actor::Advisor(self.advisor.id),
            Event::ClientAdded { imported: false, people: people.len() },
        );
        self.db().write_blocking(move |tx| {
            tx.add_client(&row, at)?;
            rows.iter().try_for_each(|person| tx.add_person(person, at))?;
            tx.log(&added)
        })?;
        self.dossiers.open_year(&self.advisor, client.id, YEAR)?;
        Ok(Household { client, people })
    }

    /// Returns an event about a household, at this moment.
    pub fn event(&self, client: &Client, actor: Actor, event: Event) -> NewEvent {
        NewEvent { firm: client.firm, client: Some(client.id), tax_year: None, at: self.now(), actor, event }
    }

    /// Invites everybody of a household by mail.
    pub fn invite(&self, household: &Household) -> Result<(), DemoError> {
        let (people, composer, at) = (household.people.clone(), self.composer.clone(), self.now());
        let by = Actor::Advisor(self.advisor.id);
        let invited = people
            .iter()
            .map(|p| self.event(&household.client, by, Event::PersonInvited { person: p.id }))
            .collect::<Vec<_>>();
        self.db().write_blocking(move |tx| {
            for (person, invited) in people.iter().zip(&invited) {
                let token = invite_person(tx, person, at)?;
                composer.queue(tx, &Notice::Invitation { person: person.id, token }, at)?;
                tx.log(invited)?;
            }
            Ok::<_, DbError>(())
        })?;
        Ok(())
    }

    /// Gives the household its checklist.
    pub fn set_out_checklist(&self, household: &Household, due_in: i64) -> Result<ChecklistId, DemoError> {
        let template = template::templates_of(YEAR).into_iter().next().ok_or(DemoError::NoChecklist)?;
        let due = Some(self.day(due_in));
        Ok(self.dossiers.set_out_checklist(&self.advisor, household.client.id, YEAR, template, due, false)?)
    }

    /// Stores a file that the demo made itself, so that nobody has to look into it.
    pub fn keep_file(
        &self,
        client: ClientId,
        bytes: &[u8],
        media_type: MediaType,
        pages: u32,
    ) -> Result<StoredFile, DemoError> {
        let files = self.dossiers.files();
        let received = files.receive(bytes)?;
        let (hash, size) = (received.hash, received.size);
        let stored = StoredFile { hash, size, media_type, pages, view: FileView::Whole };
        files.put(self.db(), client, received, stored)?;
        Ok(stored)
    }

    /// Sets out the income tax return of a household.
    pub fn set_out_return(
        &self,
        household: &Household,
        number: u32,
        content: &TaxReturn<'_>,
    ) -> Result<RevisionId, DemoError> {
        let returns: Vec<_> = household.people.iter().map(|person| WantedReturn::income_tax(person.id, YEAR)).collect();
        let approvers = household.people.iter().map(|person| (person.id, proposed_capacity(&returns, person.id)));
        let approvers = approvers.collect();
        self.set_out(household, returns, (approvers, Enough::All), number, content)
    }

    /// Sets out a return of a company, which all its directors approve, or one of them.
    pub fn set_out_of_company(
        &self,
        household: &Household,
        kind: ReturnKind,
        period: Period,
        enough: Enough,
        content: &TaxReturn<'_>,
    ) -> Result<RevisionId, DemoError> {
        let returns = vec![WantedReturn::of(Taxpayer::Company, kind, period)];
        let directors = household.people.iter().map(|person| (person.id, Capacity::Director)).collect();
        self.set_out(household, returns, (directors, enough), 1, content)
    }

    /// Makes the PDF of returns, stores it and asks for approval.
    pub fn set_out(
        &self,
        household: &Household,
        returns: Vec<WantedReturn>,
        (approvers, enough): (Vec<(PersonId, Capacity)>, Enough),
        number: u32,
        content: &TaxReturn<'_>,
    ) -> Result<RevisionId, DemoError> {
        let firm = self.db().read(|q| q.firm(self.advisor.firm))?.ok_or(DemoError::Incomplete)?;
        let made_on = zoned(self.now()).date();
        let pdf = paperwork::tax_return(&firm, &self.advisor, household, &returns, number, made_on, content);
        let pages = lopdf::Document::load_mem(&pdf)?.get_pages().len();
        let stored = self.keep_file(household.client.id, &pdf, MediaType::Pdf, u32::try_from(pages).unwrap_or(1))?;
        let euros = |euros: i64| Cents(euros * 100);
        let first = returns.first().ok_or(DemoError::Incomplete)?;
        let name = format!("{} {} versie {number}.pdf", first.kind.title(Language::Nl), first.period);
        let results = content.outcomes.iter().enumerate().map(|(at, amount)| (at, ResultOf::Tax, euros(*amount)));
        let figure = |(label, this_year, last_year): &(&str, i64, i64)| Figure {
            label: (*label).to_owned(),
            this_year: euros(*this_year),
            last_year: Some(euros(*last_year)),
        };
        let new = NewRevision {
            file: DeliveredFile { name, size: stored.size, hash: stored.hash, pages: stored.pages },
            results: results.collect(),
            figures: content.figures.iter().map(figure).collect(),
            due: Some(self.day(content.due_in)),
            enough,
            in_order: false,
            asks: Asks::Approval,
            scope: None,
            approvers,
            returns,
        };
        Ok(self.dossiers.set_out_revision(&self.advisor, household.client.id, YEAR, new)?)
    }

    /// Marks a return of a company as filed, and passes on what is to be paid for it.
    pub fn file_and_ask_payment(
        &self,
        household: &Household,
        revision: RevisionId,
        number: &str,
        due_in: i64,
    ) -> Result<(), DemoError> {
        let client = household.client.id;
        self.dossiers.file_revision(&self.advisor, client, YEAR, revision, "")?;
        let year = self.dossiers.read(client, YEAR)?;
        let given = year.revision(revision).ok_or(DemoError::Incomplete)?;
        let (id, tax_return) = given.tax_returns.first().ok_or(DemoError::Incomplete)?;
        let result = given.revision.results.first().ok_or(DemoError::Incomplete)?;
        let reference = reference_of_return(number, tax_return.kind, tax_return.period).ok_or(DemoError::Incomplete)?;
        let payment = Payment {
            tax_return: *id,
            amount: result.amount,
            iban: TAX_AUTHORITY_IBAN.to_owned(),
            reference,
            is_computed: true,
        };
        self.dossiers
            .ask_payment(&self.advisor, client, YEAR, payment, self.day(due_in))
            .map(|_| ())
            .map_err(Into::into)
    }
}

fn zone() -> TimeZone {
    TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC)
}

fn zoned(at: Timestamp) -> jiff::Zoned {
    jiff::Timestamp::from_millisecond(at.0).unwrap_or_default().to_zoned(zone())
}

/// Returns a name in the letters of mail addresses and user names.
pub(super) fn plain(name: &str) -> String {
    let letter = |c: char| match c {
        'ş' | 'Ş' => 's',
        'é' | 'è' | 'ë' => 'e',
        'ı' | 'ï' => 'i',
        other => other,
    };
    name.chars().map(letter).filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase()
}
