//! The checklists that come with the software, as data.

use model::{
    checklist::{Template, TemplateError},
    time::TaxYear,
};

const IB_2025: &str = include_str!("../../../assets/checklists/ib-2025.json");
const VPB_2025: &str = include_str!("../../../assets/checklists/vpb-2025.json");

/// All templates, in the order in which they are offered.
pub fn templates() -> Result<Vec<Template>, TemplateError> {
    [IB_2025, VPB_2025].into_iter().map(Template::from_json).collect()
}

/// The templates of one tax year. A template that cannot be read is left out
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

#[cfg(test)]
mod tests {
    use super::*;
    use model::checklist::{Kind, Per, Question};

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
        for kind in [Kind::YesNo, Kind::Amount, Kind::Date, Kind::Text, Kind::Choice, Kind::Rows, Kind::Upload] {
            assert!(questions.iter().any(|q| q.kind == kind), "{kind:?}");
        }
        assert!(questions.iter().any(|q| q.per == Per::Person && q.kind == Kind::YesNo));
        assert!(questions.iter().any(|q| q.id == "spaarsaldo" && q.kind == Kind::Amount && q.per == Per::Joint));
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
