//! The action of an advisor that sets a tax return out for approval.

use super::{
    ActionError, Dossiers, Plan, WantedReturn,
    actions::new_task,
    wanted_return::{Found, MOST_RETURNS, found},
};
use documents::dossier::{ConsentState, DossierYear, GivenRevision, GivenTask};
use mail::{Notice, day_of};
use model::{
    approval::Nonce,
    event::Event,
    id::*,
    language::{Bilingual, Language},
    money::Cents,
    record::*,
    section::Write,
    tax_return::{Capacity, ReturnKind, Statement},
    time::{Date, TaxYear, Timestamp},
};
use storage::{
    clock::random,
    db::{Advisor, Firm},
};

/// What the people of a revision are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Asks {
    /// To read and approve it.
    #[default]
    Approval,
    /// To read it.
    Reading,
    /// To read it, because a standing consent covers it.
    ReadingByStandingConsent,
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
    /// What they are asked.
    pub asks: Asks,
    /// What it covers, if it is a standing consent.
    pub scope: Option<ConsentScope>,
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
            asks: Asks::Approval,
            scope: None,
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

fn set_out(
    year: &DossierYear,
    by: &Advisor,
    firm: &Firm,
    returns: Vec<Found>,
    new: NewRevision,
    tax_year: TaxYear,
    now: Timestamp,
) -> Result<(Plan, RevisionId), ActionError> {
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
    let of_consent = |(_, tax_return): &(TaxReturnId, TaxReturn)| tax_return.kind == ReturnKind::StandingConsent;
    let is_consent = returns.iter().any(of_consent);
    let scope_fits = match &new.scope {
        Some(scope) => is_consent && new.asks == Asks::Approval && scope.kinds.iter().any(|kind| kind.is_filed()),
        None => !is_consent,
    };
    if !scope_fits {
        return Err(ActionError::NoReturn);
    }
    let basis = basis(year, &returns, new.asks, now)?;
    let asked = asked(year, &new, basis)?;
    for (at, (person, capacity)) in asked.iter().enumerate() {
        let request = request(year, firm, (&returns, &results, new.scope.as_ref()), *person, *capacity);
        let before = asked.iter().take(at).map(|(person, _)| *person);
        let after: Vec<_> = if new.in_order { before.collect() } else { Vec::new() };
        let is_first = after.is_empty();
        plan.writes.push(Write::of(
            &PerPerson { revision: id, person: *person },
            &ApprovalRequest { after, at: now, ..request },
        ));
        // Approvers whose turn comes later get their mail at that time.
        if basis != Basis::Approval || new.scope.is_some() {
            let title = returns.first().map(|(_, first)| task_title(first, basis)).unwrap_or_default();
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
    tasks(year, by, &returns, (new.due, basis), now, &mut plan);
    plan.events.push(Event::RevisionSetOut { number, revision: id });
    let NewRevision { file, figures, enough, scope, .. } = new;
    let by = by.name.clone();
    let revision =
        Revision { tax_returns: ids, number, file, results, figures, basis, scope, enough, corrects, by, at: now };
    plan.writes.push(Write::of(&id, &revision));
    Ok((plan, id))
}

/// Returns on what ground the returns are filed. A standing consent has to cover all of them.
fn basis(
    year: &DossierYear,
    returns: &[(TaxReturnId, TaxReturn)],
    asks: Asks,
    now: Timestamp,
) -> Result<Basis, ActionError> {
    Ok(match asks {
        Asks::Approval => Basis::Approval,
        Asks::Reading => Basis::Information,
        Asks::ReadingByStandingConsent => {
            let returns: Vec<_> = returns.iter().map(|(_, known)| (known.taxpayer, known.kind, known.period)).collect();
            let consent = year.standing_consent_for(&returns, day_of(now));
            let (consent, _) = consent.ok_or(ActionError::NoStandingConsent)?;
            Basis::StandingConsent(consent.id)
        }
    })
}

/// Returns the people who are asked, and as what: those who are named, or those who gave the standing consent.
fn asked(year: &DossierYear, new: &NewRevision, basis: Basis) -> Result<Vec<(PersonId, Capacity)>, ActionError> {
    let may_approve = |person: &PersonId| year.people.get(person).is_some_and(|p| p.role == Role::Approver);
    let asked: Vec<_> = match basis {
        Basis::Approval | Basis::Information => new.approvers.clone(),
        Basis::StandingConsent(consent) => {
            let given = year.revision(consent).into_iter().flat_map(|given| &given.consents);
            let given = given.map(|(person, consent)| (*person, consent.request.capacity));
            given.filter(|(person, _)| may_approve(person)).collect()
        }
    };
    if asked.is_empty() || !asked.iter().all(|(person, _)| may_approve(person)) {
        return Err(ActionError::NoApprover);
    }
    Ok(asked)
}

/// Returns the request to a person, in the person's language.
fn request(
    year: &DossierYear,
    firm: &Firm,
    (returns, results, scope): (&[(TaxReturnId, TaxReturn)], &[TaxResult], Option<&ConsentScope>),
    person: PersonId,
    capacity: Capacity,
) -> ApprovalRequest {
    let known = year.people.get(&person);
    let language = known.map_or(Language::Nl, |p| p.language);
    // The firm's sentences are about what is filed.
    let of_firm = match (scope, language) {
        (Some(_), _) => "",
        (None, Language::Nl) => &firm.statement_nl,
        (None, Language::En) => &firm.statement_en,
    };
    let parts = Statement::parts(returns, results);
    let signer = known.map(|p| p.name.clone()).unwrap_or_default();
    let first = returns.first().map(|(_, tax_return)| tax_return);
    let about = first.map(|first| Statement::of(first, &parts, capacity, &signer, of_firm).covering(scope));
    let statement = about.map(|statement| statement.text(language));
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
    (due, basis): (Option<Date>, Basis),
    now: Timestamp,
    plan: &mut Plan,
) {
    let open = |task: &&GivenTask| task.closing.is_none();
    let of = |id: TaxReturnId| year.tasks.iter().filter(open).find(move |t| t.task.kind == TaskKind::Approval(id));
    for (at, (id, tax_return)) in returns.iter().enumerate() {
        let title = task_title(tax_return, basis);
        match of(*id) {
            // What is asked may be another thing now.
            Some(known) if at == 0 && known.task.title != title => {
                plan.writes.push(Write::of(&known.id, &Closing { at: now, withdrawn: true }));
                let task = new_task(by, TaskKind::Approval(*id), title, due, now);
                plan.writes.push(Write::of(&TaskId::from_random(random()), &task));
            }
            Some(known) if at > 0 => {
                plan.writes.push(Write::of(&known.id, &Closing { at: now, withdrawn: true }));
            }
            None if at == 0 => {
                let task = new_task(by, TaskKind::Approval(*id), title, due, now);
                plan.writes.push(Write::of(&TaskId::from_random(random()), &task));
            }
            _ => {}
        }
    }
}

fn task_title(tax_return: &TaxReturn, basis: Basis) -> Bilingual {
    let [nl, en] = [Language::Nl, Language::En].map(|language| tax_return.title(language));
    if basis != Basis::Approval {
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
