//! The checklists that a firm can give to its clients: those that come with the software,
//! as data, and the firm's own versions of them.

use model::{
    checklist::{Template, TemplateError},
    id::FirmId,
    time::TaxYear,
};
use storage::db::{DbError, Query};

const IB_2025: &str = include_str!("../../../../assets/checklists/ib-2025.json");
const VPB_2025: &str = include_str!("../../../../assets/checklists/vpb-2025.json");

/// Returns all templates that come with the software, in the order in which they are offered.
pub fn templates() -> Result<Vec<Template>, TemplateError> {
    [IB_2025, VPB_2025].into_iter().map(Template::from_json).collect()
}

/// Returns the templates of one tax year. A template that cannot be read is left out
/// and reported.
pub fn templates_of(tax_year: TaxYear) -> Vec<Template> {
    templates()
        .unwrap_or_else(|error| {
            tracing::error!(%error, "the checklists that come with the software are broken");
            Vec::new()
        })
        .into_iter()
        .filter(|t| t.year == tax_year.0)
        .collect()
}

/// Returns what a firm offers: its own checklists, and those that come with the
/// software and were not changed. The newest year comes first.
pub fn all_of(q: &Query<'_>, firm: FirmId) -> Result<Vec<Template>, DbError> {
    let mut all = Vec::new();
    for own in q.own_templates(firm)? {
        all.push(Template::from_json(&own.json).map_err(|_| DbError::Malformed("checklist template"))?);
    }
    for built_in in templates().unwrap_or_default() {
        if !all.iter().any(|own: &Template| own.id == built_in.id) {
            all.push(built_in);
        }
    }
    all.sort_by(|a, b| b.year.cmp(&a.year).then(a.id.cmp(&b.id)));
    Ok(all)
}

/// Returns what a firm offers for one tax year.
pub fn offered(q: &Query<'_>, firm: FirmId, tax_year: TaxYear) -> Result<Vec<Template>, DbError> {
    Ok(all_of(q, firm)?.into_iter().filter(|t| t.year == tax_year.0).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::checklist::{Per, Question, QuestionKind};

    fn all<'t>(questions: &'t [Question], into: &mut Vec<&'t Question>) {
        for question in questions {
            into.push(question);
            all(&question.columns, into);
            all(&question.followups, into);
        }
    }

    #[test]
    fn the_checklist_of_2025_is_sound_and_asks_in_every_way() {
        let templates = templates().unwrap();
        let mut questions = Vec::new();
        templates[0].sections.iter().for_each(|s| all(&s.questions, &mut questions));
        for kind in [
            QuestionKind::YesNo,
            QuestionKind::Amount,
            QuestionKind::Date,
            QuestionKind::Text,
            QuestionKind::Choice,
            QuestionKind::Rows,
            QuestionKind::Upload,
        ] {
            assert!(questions.iter().any(|q| q.kind == kind), "{kind:?}");
        }
        assert!(questions.iter().any(|q| q.per == Per::Person && q.kind == QuestionKind::YesNo));
        assert!(
            questions.iter().any(|q| q.id == "spaarsaldo" && q.kind == QuestionKind::Amount && q.per == Per::Joint)
        );
    }

    #[test]
    fn every_text_of_the_checklists_is_in_both_languages() {
        for template in templates().unwrap() {
            let mut questions = Vec::new();
            template.sections.iter().for_each(|s| all(&s.questions, &mut questions));
            let helps = questions.iter().filter_map(|q| q.help.as_ref());
            for text in template.sections.iter().map(|s| &s.lead).chain(helps) {
                assert!(!text.nl.is_empty() && !text.en.is_empty() && text.nl != text.en, "{text:?}");
            }
        }
    }
}
