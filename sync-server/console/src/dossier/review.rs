//! Reviewing answers, and reopening a checklist.

use super::{
    again,
    text::Judging,
    view::{Forms, answers::places},
};
use crate::{
    part::{
        editor::Editor,
        form::Posted,
        year::{act, load},
    },
    state::Console,
};
use accounts::error::{Refusal, ServerError};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use model::{checklist::AnswerKey, id::ChecklistId, record::ReviewOutcome};
use std::collections::BTreeMap;

/// The maximum number of characters of a remark.
const LONGEST: usize = 1_000;

type ChecklistPath = Path<(String, i16, String)>;

fn remark(typed: &BTreeMap<String, String>) -> String {
    typed.get("remark").map(|r| r.trim().replace("\r\n", "\n")).unwrap_or_default()
}

/// Handles `POST …/checklist/{checklist}/beoordelen`: reviews one answer, by `key`, or all answers
/// of a `section` that nobody has reviewed.
pub async fn judge(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year, checklist)): ChecklistPath,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let checklist: ChecklistId = checklist.parse().map_err(|_| Refusal::NotFound)?;
    let set_out = loaded.year.checklists.get(&checklist).ok_or(Refusal::NotFound)?;
    let t = Judging(advisor.language);
    let outcome = match typed.get("outcome").map(String::as_str) {
        Some("accepted") => ReviewOutcome::Accepted,
        Some("sent_back") => ReviewOutcome::SentBack,
        _ => return Err(Refusal::Malformed.into()),
    };
    let remark = remark(&typed);
    let keys: Vec<AnswerKey> = match (typed.get("key"), typed.get("section")) {
        (Some(key), _) => {
            let key: AnswerKey = key.parse().map_err(|_| Refusal::Malformed)?;
            if key.checklist != checklist {
                return Err(Refusal::NotFound.into());
            }
            vec![key]
        }
        (None, Some(section)) => places(&loaded.year, advisor.language, checklist, set_out)
            .into_iter()
            .filter(|(known, _)| known.id == *section)
            .flat_map(|(_, places)| places)
            .filter(|place| place.is_to_judge())
            .map(|place| place.key)
            .collect(),
        (None, None) => return Err(Refusal::Malformed.into()),
    };
    let wrong = if remark.chars().count() > LONGEST {
        Some(t.remark_too_long())
    } else if remark.is_empty() && outcome == ReviewOutcome::SentBack {
        Some(t.remark_missing())
    } else {
        None
    };
    if let Some(wrong) = wrong {
        let forms = Forms { refused: Some(wrong.to_owned()), ..Forms::default() };
        return again(&state, advisor, &loaded, &forms);
    }
    let (client, tax_year) = (loaded.client.id, loaded.tax_year);
    act(&state.dossiers, move |d| d.review_answers(&advisor, client, tax_year, &keys, outcome, &remark)).await??;
    Ok(Redirect::to(&format!("{}#checklist-{checklist}", loaded.href())).into_response())
}

/// Handles `POST …/checklist/{checklist}/heropenen`.
pub async fn reopen(
    State(state): State<Console>,
    Editor(advisor): Editor,
    Path((number, year, checklist)): ChecklistPath,
    Posted(typed): Posted,
) -> Result<Response, ServerError> {
    let loaded = load(&state, &advisor, &number, year).await?;
    let checklist: ChecklistId = checklist.parse().map_err(|_| Refusal::NotFound)?;
    let remark = remark(&typed);
    if remark.chars().count() > LONGEST {
        let refused = Some(Judging(advisor.language).remark_too_long().to_owned());
        return again(&state, advisor, &loaded, &Forms { refused, ..Forms::default() });
    }
    let (client, tax_year) = (loaded.client.id, loaded.tax_year);
    act(&state.dossiers, move |d| d.reopen_checklist(&advisor, client, tax_year, checklist, &remark)).await??;
    Ok(Redirect::to(&format!("{}#checklist-{checklist}", loaded.href())).into_response())
}
