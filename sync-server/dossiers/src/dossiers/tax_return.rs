//! The action of an advisor that sets a tax return out for approval.

use super::{ActionError, Dossiers, Plan, actions::new_task};
use documents::dossier::{ConsentState, DossierYear, GivenRevision, GivenTask};
use mail::Notice;
use model::{
    approval::Nonce,
    event::Event,
    id::*,
    language::{Bilingual, Language},
    money::Cents,
    record::*,
    section::Write,
    tax_return::{Capacity, Period, ReturnKind, Statement},
    time::{Date, TaxYear, Timestamp},
};
use storage::{
    clock::random,
    db::{Advisor, Firm},
};

/// The most returns that one revision can be of: those of two fiscal partners.
const MOST_RETURNS: usize = 2;

/// Which of the returns of one taxpayer, kind and period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The newest that there is, or the first.
    Newest,
    /// A further one.
    Further,
    /// The one with this number.
    Number(u32),
}

/// A tax return, by what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct WantedReturn {
    pub taxpayer: Taxpayer,
    pub kind: ReturnKind,
    /// The firm's name for what is of no known kind.
    pub name: String,
    pub period: Period,
    /// Which of those of the same taxpayer, kind and period.
    pub which: Which,
    /// The day until which the tax authority waits for it.
    pub postponed_until: Option<Date>,
}

impl WantedReturn {
    /// Returns the income tax return of a person over a year.
    pub fn income_tax(person: PersonId, tax_year: TaxYear) -> Self {
        Self::of(Taxpayer::Person(person), ReturnKind::Ib, Period::year(tax_year))
    }

    /// Returns the newest return of a taxpayer, a kind and a period, which was not postponed.
    pub fn of(taxpayer: Taxpayer, kind: ReturnKind, period: Period) -> Self {
        Self { taxpayer, kind, name: String::new(), period, which: Which::Newest, postponed_until: None }
    }
}

/// A revision that is ready to be approved.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRevision {
    /// The returns that it is a revision of, the one with the task first.
    pub returns: Vec<WantedReturn>,
    /// The stored PDF.
    pub file: DeliveredFile,
    /// The amounts that the returns come to, each with the place of its return in `returns`.
    pub results: Vec<(usize, ResultOf, Cents)>,
    /// The most important amounts.
    pub figures: Vec<Figure>,
    /// The last day to approve.
    pub due: Option<Date>,
    /// The people who are asked, and as what.
    pub approvers: Vec<(PersonId, Capacity)>,
    /// How many of them have to approve.
    pub enough: Enough,
    /// True if they sign one after the other.
    pub in_order: bool,
    /// True if it is only to be read, so that nobody is asked to approve it.
    pub for_information: bool,
}

impl NewRevision {
    /// Returns the joint income tax return of the approvers of a household, which is filed together.
    pub fn of_household(year: &DossierYear, tax_year: TaxYear, file: DeliveredFile) -> Self {
        let people: Vec<_> = year.approvers().into_iter().take(MOST_RETURNS).collect();
        let returns: Vec<_> = people.iter().map(|person| WantedReturn::income_tax(*person, tax_year)).collect();
        let approvers = people.iter().map(|person| (*person, proposed_capacity(&returns, *person))).collect();
        Self {
            returns,
            file,
            results: Vec::new(),
            figures: Vec::new(),
            due: None,
            approvers,
            enough: Enough::All,
            in_order: false,
            for_information: false,
        }
    }
}

/// Returns as what a person would usually approve returns.
pub fn proposed_capacity(returns: &[WantedReturn], person: PersonId) -> Capacity {
    let is_own = returns.iter().any(|wanted| wanted.taxpayer == Taxpayer::Person(person));
    match returns.first().map(|wanted| (wanted.kind, wanted.taxpayer)) {
        Some((_, Taxpayer::Company)) => Capacity::Director,
        Some((ReturnKind::IbDeceased | ReturnKind::Inheritance, _)) => Capacity::Heir,
        _ if is_own && returns.len() > 1 => Capacity::Partner,
        _ if is_own => Capacity::Taxpayer,
        _ => Capacity::Partner,
    }
}

impl Dossiers {
    /// Asks people to approve a tax return. A newer revision voids the one before it and what was said about that,
    /// unless that was filed: then it corrects it.
    pub fn set_out_revision(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        new: NewRevision,
    ) -> Result<RevisionId, ActionError> {
        let (firm, row) = self.0.db.read(|q| {
            let firm = q.firm(by.firm)?.ok_or(ActionError::NoSuchClient)?;
            Ok::<_, ActionError>((firm, q.client(by.firm, client)?.ok_or(ActionError::NoSuchClient)?))
        })?;
        self.act(by, client, tax_year, |year, now| {
            let returns = found(year, &new.returns, &row.name, tax_year, now)?;
            set_out(year, by, &firm, returns, new, tax_year, now)
        })
    }
}

/// A return of a year, and whether its record has to be written.
struct Found {
    id: TaxReturnId,
    tax_return: TaxReturn,
    is_new: bool,
}

/// Finds the wanted returns among those of the year, or makes them.
fn found(
    year: &DossierYear,
    wanted: &[WantedReturn],
    company: &str,
    tax_year: TaxYear,
    now: Timestamp,
) -> Result<Vec<Found>, ActionError> {
    let first = wanted.first().ok_or(ActionError::NoReturn)?;
    let is_joint = wanted.len() > 1;
    let fit = |other: &WantedReturn| (other.kind, other.period, other.which) == (first.kind, first.period, first.which);
    let twice = wanted.iter().skip(1).any(|other| other.taxpayer == first.taxpayer);
    if wanted.len() > MOST_RETURNS
        || twice
        || is_joint && !(first.kind.is_filed_with_partner() && wanted.iter().all(fit))
    {
        return Err(ActionError::NoReturn);
    }
    if first.period.tax_year() != tax_year {
        return Err(ActionError::OtherYear(first.period.tax_year()));
    }
    wanted.iter().map(|wanted| find(year, wanted, company, now)).collect()
}

fn find(year: &DossierYear, wanted: &WantedReturn, company: &str, now: Timestamp) -> Result<Found, ActionError> {
    let WantedReturn { taxpayer, kind, period, postponed_until, .. } = *wanted;
    let taxpayer_name = match taxpayer {
        Taxpayer::Person(person) if kind.is_of_person() => {
            year.people.get(&person).ok_or(ActionError::NoSuchPerson)?.name.clone()
        }
        Taxpayer::Company if kind.is_of_company() => company.to_owned(),
        _ => return Err(ActionError::NoReturn),
    };
    let name = if kind == ReturnKind::Other { wanted.name.trim() } else { "" };
    if !kind.periods().contains(&period.kind()) || kind == ReturnKind::Other && name.is_empty() {
        return Err(ActionError::NoReturn);
    }
    let new =
        TaxReturn { taxpayer, taxpayer_name, kind, name: name.to_owned(), period, number: 1, postponed_until, at: now };
    let alike: Vec<_> = year.tax_returns.iter().filter(|(_, known)| known.is_alike(&new)).collect();
    let newest = alike.iter().map(|(_, known)| known.number).max().unwrap_or(0);
    let number = match wanted.which {
        Which::Newest => newest.max(1),
        Which::Further => newest + 1,
        Which::Number(number) => number,
    };
    if number > newest + 1 {
        return Err(ActionError::NoReturn);
    }
    let of_same = |known: &TaxReturn| (known.taxpayer, known.kind, &known.name) == (new.taxpayer, new.kind, &new.name);
    let overlaps = |known: &TaxReturn| of_same(known) && known.period != period && known.period.overlaps(period);
    if !kind.is_repeated() && year.tax_returns.values().any(overlaps) {
        return Err(ActionError::PeriodOverlaps);
    }
    Ok(match alike.into_iter().find(|(_, known)| known.number == number) {
        Some((id, known)) => {
            let postponed_until = postponed_until.or(known.postponed_until);
            let is_new = postponed_until != known.postponed_until;
            Found { id: *id, tax_return: TaxReturn { postponed_until, ..known.clone() }, is_new }
        }
        None => Found { id: TaxReturnId::from_random(random()), tax_return: TaxReturn { number, ..new }, is_new: true },
    })
}

fn set_out(
    year: &DossierYear,
    by: &Advisor,
    firm: &Firm,
    returns: Vec<Found>,
    new: NewRevision,
    tax_year: TaxYear,
    now: Timestamp,
) -> Result<(Plan, RevisionId), ActionError> {
    let may_approve = |person: &PersonId| year.people.get(person).is_some_and(|p| p.role == Role::Approver);
    if new.approvers.is_empty() || !new.approvers.iter().all(|(person, _)| may_approve(person)) {
        return Err(ActionError::NoApprover);
    }
    let mut plan = Plan::default();
    for found in returns.iter().filter(|found| found.is_new) {
        plan.writes.push(Write::of(&found.id, &found.tax_return));
    }
    let returns: Vec<_> = returns.into_iter().map(|found| (found.id, found.tax_return)).collect();
    let ids: Vec<_> = returns.iter().map(|(id, _)| *id).collect();
    let earlier: Vec<_> = year.revisions.iter().filter(|r| ids.iter().any(|id| r.is_of(*id))).collect();
    let id = RevisionId::from_random(random());
    let number = earlier.iter().map(|r| r.revision.number).max().unwrap_or(0) + 1;
    let result = |(at, of, amount): &(usize, ResultOf, Cents)| {
        Some(TaxResult { tax_return: *ids.get(*at)?, of: *of, amount: *amount })
    };
    let results: Vec<_> = new.results.iter().filter_map(result).collect();
    for (at, (person, capacity)) in new.approvers.iter().enumerate() {
        let request = request(year, firm, (&returns, &results), *person, *capacity);
        let before = new.approvers.iter().take(at).map(|(person, _)| *person);
        let after: Vec<_> = if new.in_order { before.collect() } else { Vec::new() };
        let is_first = after.is_empty();
        plan.writes.push(Write::of(
            &PerPerson { revision: id, person: *person },
            &ApprovalRequest { after, at: now, ..request },
        ));
        // Approvers whose turn comes later get their mail at that time.
        if new.for_information {
            let title = Bilingual::new("uw aangifte lezen", "read your tax return");
            plan.notices.push(Notice::Task { person: *person, tax_year, title, due: new.due });
        } else if is_first {
            plan.notices.push(Notice::Revision { person: *person, tax_year, number, due: new.due });
        }
    }
    let mut corrects = None;
    for old in earlier.iter().filter(|r| r.void.is_none()) {
        if old.filed_at().is_some() {
            corrects = corrects.or(Some(old.id));
        } else {
            plan.writes.push(Write::of(&old.id, &Void { at: now, replaced_by: id }));
        }
    }
    tasks(year, by, &returns, &new, now, &mut plan);
    plan.events.push(Event::RevisionSetOut { number, revision: id });
    let NewRevision { file, figures, enough, for_information, .. } = new;
    let by = by.name.clone();
    let revision =
        Revision { tax_returns: ids, number, file, results, figures, for_information, enough, corrects, by, at: now };
    plan.writes.push(Write::of(&id, &revision));
    Ok((plan, id))
}

/// Returns the request to a person, in the person's language.
fn request(
    year: &DossierYear,
    firm: &Firm,
    (returns, results): (&[(TaxReturnId, TaxReturn)], &[TaxResult]),
    person: PersonId,
    capacity: Capacity,
) -> ApprovalRequest {
    let known = year.people.get(&person);
    let language = known.map_or(Language::Nl, |p| p.language);
    let of_firm = match language {
        Language::Nl => &firm.statement_nl,
        Language::En => &firm.statement_en,
    };
    let parts = Statement::parts(returns, results);
    let signer = known.map(|p| p.name.clone()).unwrap_or_default();
    let first = returns.first().map(|(_, tax_return)| tax_return);
    let statement = first.map(|first| Statement::of(first, &parts, capacity, &signer, of_firm).text(language));
    ApprovalRequest {
        nonce: Nonce(random()),
        capacity,
        statement: statement.unwrap_or_default(),
        signer,
        after: Vec::new(),
        at: Timestamp::default(),
    }
}

/// Plans the task of the first return. A task that another of the returns had by itself is withdrawn.
fn tasks(
    year: &DossierYear,
    by: &Advisor,
    returns: &[(TaxReturnId, TaxReturn)],
    new: &NewRevision,
    now: Timestamp,
    plan: &mut Plan,
) {
    let open = |task: &&GivenTask| task.closing.is_none();
    let of = |id: TaxReturnId| year.tasks.iter().filter(open).find(move |t| t.task.kind == TaskKind::Approval(id));
    for (at, (id, tax_return)) in returns.iter().enumerate() {
        match of(*id) {
            Some(known) if at > 0 => {
                plan.writes.push(Write::of(&known.id, &Closing { at: now, withdrawn: true }));
            }
            None if at == 0 => {
                let title = task_title(tax_return, new.for_information);
                let task = new_task(by, TaskKind::Approval(*id), title, new.due, now);
                plan.writes.push(Write::of(&TaskId::from_random(random()), &task));
            }
            _ => {}
        }
    }
}

fn task_title(tax_return: &TaxReturn, for_information: bool) -> Bilingual {
    let [nl, en] = [Language::Nl, Language::En].map(|language| tax_return.title(language));
    if for_information {
        return Bilingual::new(format!("{nl} lezen"), format!("Read: {en}"));
    }
    Bilingual::new(format!("{nl} controleren en akkoord geven"), format!("Check and approve: {en}"))
}

/// Returns the mails to those whose turn it is after `approved` approved.
pub(super) fn turn_notices(
    year: &DossierYear,
    given: &GivenRevision,
    approved: PersonId,
    tax_year: TaxYear,
) -> Vec<Notice> {
    if given.recall.is_some() {
        return Vec::new();
    }
    let done =
        |p: &PersonId| *p == approved || given.consents.get(p).is_none_or(|c| c.state() == ConsentState::Approved);
    let waited = |after: &[PersonId]| after.contains(&approved) && after.iter().all(done);
    let of_return = |kind: &TaskKind| matches!(kind, TaskKind::Approval(id) if given.is_of(*id));
    let due = year.tasks.iter().find(|t| of_return(&t.task.kind)).and_then(|t| t.task.due);
    let next = given.consents.iter().filter(|(_, c)| c.state() != ConsentState::Approved && waited(&c.request.after));
    next.map(|(person, _)| Notice::Revision { person: *person, tax_year, number: given.revision.number, due }).collect()
}
