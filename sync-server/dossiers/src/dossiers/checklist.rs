//! The actions of an advisor on a checklist: giving it out with last year's
//! answers, accepting answers or sending them back, and reopening it.

use super::{ActionError, Dossiers, Plan};
use documents::dossier::DossierYear;
use mail::Notice;
use model::{
    checklist::{AnswerKey, AnswerValue, AskedQuestion, QuestionKind, QuestionState, Template},
    event::Event,
    id::*,
    record::*,
    section::Write,
    time::{Date, TaxYear},
};
use std::collections::BTreeMap;
use storage::{clock::random, db::Advisor};

impl Dossiers {
    /// Asks the client to fill in a checklist. With `prefill`, last year's
    /// answers to the same questions are proposed.
    pub fn set_out_checklist(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        template: Template,
        due: Option<Date>,
        prefill: bool,
    ) -> Result<ChecklistId, ActionError> {
        // This makes sure that only a client of the advisor's firm is read; `act` checks it once more.
        self.db().read(|q| q.client(by.firm, client))?.ok_or(ActionError::NoSuchClient)?;
        let before = match self.read(client, TaxYear(tax_year.0 - 1)) {
            Ok(year) if prefill => Some(year),
            Ok(_) | Err(ActionError::NoSuchYear) => None,
            Err(other) => return Err(other),
        };
        self.act(by, client, tax_year, |year, now| {
            let stands = |id: &ChecklistId| !year.is_recalled_checklist(*id);
            if year.checklists.iter().any(|(id, c)| c.template.id == template.id && stands(id)) {
                return Err(ActionError::AlreadySetOut);
            }
            let checklist = ChecklistId::from_random(random());
            let title = template.title.clone();
            let task = super::actions::new_task(by, TaskKind::Checklist(checklist), title.clone(), due, now);
            let last_year = before.map(|before| proposals(&before, &template, checklist)).unwrap_or_default();
            let plan = Plan {
                writes: vec![
                    Write::of(&checklist, &Checklist { template, last_year }),
                    Write::of(&TaskId::from_random(random()), &task),
                ],
                notices: super::actions::task_notices(year, tax_year, &title, due),
                events: vec![Event::ChecklistSetOut { checklist }],
            };
            Ok((plan, checklist))
        })
    }

    /// Accepts answers, or sends them back with a remark. Places without an
    /// answer are ignored. The client gets one mail for the first answer
    /// that is sent back, and none for further ones while that is open.
    pub fn review_answers(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        keys: &[AnswerKey],
        outcome: ReviewOutcome,
        remark: &str,
    ) -> Result<usize, ActionError> {
        self.act(by, client, tax_year, |year, now| {
            let mut plan = Plan::default();
            for key in keys {
                let known = year.checklists.get(&key.checklist).ok_or(ActionError::NoSuchTask)?;
                if known.template.path(&key.question).is_empty() {
                    return Err(ActionError::NoSuchTask);
                }
                let of = year.answers.newest(key);
                let same = year.answers.review(key).is_some_and(|r| r.outcome == outcome && r.remark == remark);
                if of.is_none() || same {
                    continue;
                }
                let review = Review { outcome, remark: remark.to_owned(), by: by.name.clone(), at: now, of };
                plan.writes.push(Write::of(key, &review));
            }
            let count = plan.writes.len();
            if count > 0 {
                plan.events.push(match outcome {
                    ReviewOutcome::Accepted => Event::AnswersAccepted { count },
                    ReviewOutcome::SentBack => Event::AnswersSentBack { count },
                });
            }
            if count > 0 && outcome == ReviewOutcome::SentBack && !has_sent_back(year) {
                plan.notices = to_doers(year, |person| Notice::SentBack { person, tax_year });
            }
            Ok((plan, count))
        })
    }

    /// Reopens a checklist that was handed in.
    pub fn reopen_checklist(
        &self,
        by: &Advisor,
        client: ClientId,
        tax_year: TaxYear,
        checklist: ChecklistId,
        remark: &str,
    ) -> Result<(), ActionError> {
        self.act(by, client, tax_year, |year, now| {
            // Two partners may both have handed it in.
            let hand_ins = year.all_hand_ins.get(&checklist).ok_or(ActionError::NoSuchTask)?;
            let reopening = Reopening { at: now, by: by.name.clone(), remark: remark.to_owned() };
            let plan = Plan {
                writes: hand_ins.iter().map(|id| Write::of(id, &reopening)).collect(),
                notices: to_doers(year, |person| Notice::Reopened { person, tax_year }),
                events: vec![Event::ChecklistReopened { checklist }],
            };
            Ok((plan, ()))
        })
    }
}

fn has_sent_back(year: &DossierYear) -> bool {
    let sent_back = |key| year.answers.review(key).is_some_and(|r| r.outcome == ReviewOutcome::SentBack);
    year.answers.reviews.keys().any(sent_back)
}

fn to_doers(year: &DossierYear, notice: impl Fn(PersonId) -> Notice) -> Vec<Notice> {
    let doers = year.people.iter().filter(|(_, p)| p.role != Role::Reader);
    doers.map(|(person, _)| notice(*person)).collect()
}

/// Returns last year's answers to questions that `template` also asks.
fn proposals(before: &DossierYear, template: &Template, checklist: ChecklistId) -> BTreeMap<AnswerKey, AnswerValue> {
    let mut kinds = BTreeMap::new();
    template.each(&mut |question| {
        if !question.fresh && question.kind != QuestionKind::Upload {
            kinds.insert(question.id.as_str(), question.kind);
        }
    });
    let mut proposals = BTreeMap::new();
    let people = before.approvers();
    let standing = before.checklists.iter().filter(|(id, _)| !before.is_recalled_checklist(**id));
    for (id, earlier) in standing.filter(|(_, c)| c.template.family() == template.family()) {
        for section in &earlier.template.sections {
            for asked in earlier.template.asked(section, *id, &people, &before.answers) {
                asked.each(&mut |one| propose(before, one, &kinds, checklist, &mut proposals));
            }
        }
    }
    proposals
}

fn propose(
    before: &DossierYear,
    asked: &AskedQuestion<'_>,
    kinds: &BTreeMap<&str, QuestionKind>,
    checklist: ChecklistId,
    into: &mut BTreeMap<AnswerKey, AnswerValue>,
) {
    let Some(kind) = kinds.get(asked.question.id.as_str()) else { return };
    let here = AnswerKey { checklist, ..asked.key.clone() };
    for (row, _) in &asked.rows {
        into.insert(AnswerKey { row: Some(*row), ..here.clone() }, AnswerValue::Row(true));
    }
    let agreed = before.answers.agreed(&asked.key).filter(|_| asked.state == QuestionState::Answered);
    let known = agreed.map(|a| &a.value).filter(|v| v.suits(*kind) && **v != AnswerValue::Unknown);
    if let Some(value) = known {
        into.insert(here, value.clone());
    }
}
