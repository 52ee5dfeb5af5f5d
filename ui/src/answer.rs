//! Answers to questions, in words.

use crate::{format, text::Language};
use model::{
    checklist::{AnswerValue, Question, QuestionKind},
    money::Cents,
};

crate::texts! {
    /// Texts of the answers that have no value of their own.
    AnswerText {
        yes: "Ja", "Yes";
        no: "Nee", "No";
        unknown: "Weet ik niet", "I don’t know";
        not_applicable: "Niet van toepassing", "Not applicable";
        nothing: "Niets op te geven", "Nothing to report";
        dont_have(reason: &str): "Heb ik niet: {reason}", "Don’t have it: {reason}";
    }
}

/// Returns an answer in words.
pub fn in_words(value: &AnswerValue, question: &Question, language: Language) -> String {
    let text = AnswerText(language);
    match value {
        AnswerValue::Yes => text.yes().to_owned(),
        AnswerValue::No => text.no().to_owned(),
        AnswerValue::Unknown => text.unknown().to_owned(),
        AnswerValue::NotApplicable if question.kind == QuestionKind::Rows => text.nothing().to_owned(),
        AnswerValue::NotApplicable => text.not_applicable().to_owned(),
        AnswerValue::DontHave(reason) => text.dont_have(reason),
        AnswerValue::Amount(cents) => format::amount(*cents),
        AnswerValue::Number(hundredths) => Cents(*hundredths).plain(),
        AnswerValue::Date(date) => format::date_long(*date, language),
        AnswerValue::Text(text) => text.clone(),
        AnswerValue::Choice(id) => {
            let option = question.options.iter().find(|option| option.id == *id);
            option.map_or_else(|| id.clone(), |option| option.text.get(language).to_owned())
        }
        AnswerValue::Row(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::checklist::Template;

    const TEMPLATE: &str = r#"{"id":"t","version":1,"year":2025,"title":{"nl":"V","en":"Q"},"sections":[
     {"id":"all","title":{"nl":"Alles","en":"All"},"questions":[
      {"id":"home","kind":"choice","text":{"nl":"Woning","en":"Home"},"options":[
        {"id":"rent","text":{"nl":"Huur","en":"Rented"}},{"id":"own","text":{"nl":"Koop","en":"Owned"}}]},
      {"id":"jobs","kind":"rows","text":{"nl":"Werkgevers","en":"Employers"},"columns":[
        {"id":"employer","kind":"text","text":{"nl":"Naam","en":"Name"}}]}]}]}"#;

    #[test]
    fn an_answer_is_written_as_a_person_says_it() {
        let template = Template::from_json(TEMPLATE).unwrap();
        let [choice, rows] = &template.sections[0].questions[..] else { panic!("two questions") };
        let table = [
            (AnswerValue::Yes, choice, "Ja", "Yes"),
            (AnswerValue::Choice("rent".to_owned()), choice, "Huur", "Rented"),
            (AnswerValue::Choice("gone".to_owned()), choice, "gone", "gone"),
            (AnswerValue::NotApplicable, choice, "Niet van toepassing", "Not applicable"),
            (AnswerValue::NotApplicable, rows, "Niets op te geven", "Nothing to report"),
            (AnswerValue::DontHave("kwijt".to_owned()), choice, "Heb ik niet: kwijt", "Don’t have it: kwijt"),
            (AnswerValue::Number(1250), choice, "12,50", "12,50"),
            (AnswerValue::Row(true), rows, "", ""),
        ];
        for (value, question, dutch, english) in table {
            assert_eq!(in_words(&value, question, Language::Nl), dutch, "{value:?}");
            assert_eq!(in_words(&value, question, Language::En), english, "{value:?}");
        }
    }
}
