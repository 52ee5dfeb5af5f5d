//! Tests that the checklist IB 2025 as it comes with the software is complete, and
//! that nobody is asked more than their situation needs. Checks no tax rule.

use model::{
    checklist::{AnswerKey, AnswerValue, Answers, AskedQuestion, Per, Question, QuestionKind, QuestionState, Template},
    id::*,
    record::Answer,
    time::{Date, Timestamp},
};
use std::collections::BTreeSet;

const JSON: &str = include_str!("../../../assets/checklists/ib-2025.json");
const CHECKLIST: ChecklistId = ChecklistId::from_bytes([9; 16]);
const PEOPLE: [PersonId; 2] = [PersonId::from_bytes([1; 16]), PersonId::from_bytes([2; 16])];

/// The sections A to J of the income-tax checklist, with the ids that others link to.
const SECTIONS: [(&str, &str); 10] = [
    ("persoonlijk", "Persoonlijk"),
    ("kinderen", "Kinderen"),
    ("inkomen", "Loon en uitkering"),
    ("woning", "Eigen woning"),
    ("onderneming", "Onderneming"),
    ("aanmerkelijk_belang", "Aanmerkelijk belang (box 2)"),
    ("sparen", "Sparen en beleggen"),
    ("inkomensvoorziening", "Inkomensvoorziening"),
    ("aftrekposten", "Aftrekposten"),
    ("slot", "Tot slot"),
];

fn template() -> Template {
    Template::from_json(JSON).unwrap()
}

/// Collects all questions at any depth, each with its depth.
fn all<'t>(questions: &'t [Question], depth: usize, into: &mut Vec<(usize, &'t Question)>) {
    for question in questions {
        into.push((depth, question));
        all(&question.columns, depth + 1, into);
        all(&question.followups, depth + 1, into);
    }
}

fn everything(template: &Template) -> Vec<(usize, &Question)> {
    let mut questions = Vec::new();
    template.sections.iter().for_each(|s| all(&s.questions, 1, &mut questions));
    questions
}

fn give(answers: &mut Answers, key: AnswerKey, value: AnswerValue) {
    let answer = Answer { value, by: PEOPLE[0], at: Timestamp(answers.given.len() as i64) };
    answers.given.insert(key, vec![answer]);
}

fn asked<'t>(template: &'t Template, people: &[PersonId], answers: &Answers) -> Vec<AskedQuestion<'t>> {
    template.sections.iter().flat_map(|s| template.asked(s, CHECKLIST, people, answers)).collect()
}

/// Answers open questions as long as `answer` has an answer to one.
fn fill_in(template: &Template, answers: &mut Answers, answer: impl Fn(&AskedQuestion<'_>) -> Option<AnswerValue>) {
    loop {
        let mut said = Vec::new();
        for one in asked(template, &PEOPLE, answers) {
            one.each(&mut |q| {
                if q.state == QuestionState::Open {
                    said.extend(answer(q).map(|value| (q.key.clone(), value)));
                }
            });
        }
        if said.is_empty() {
            return;
        }
        said.into_iter().for_each(|(key, value)| give(answers, key, value));
    }
}

fn open(template: &Template, answers: &Answers) -> Vec<String> {
    let mut ids = Vec::new();
    for one in asked(template, &PEOPLE, answers) {
        one.each(&mut |q| {
            if q.state == QuestionState::Open {
                ids.push(q.question.id.clone());
            }
        });
    }
    ids
}

/// Returns the ids of the questions that the first person is asked once `given` is answered and everything
/// else is open.
fn after(given: &[(&str, AnswerValue)]) -> BTreeSet<String> {
    let template = template();
    let per_person = |id: &str| {
        template.sections.iter().flat_map(|s| &s.questions).any(|top| {
            let mut below = Vec::new();
            all(std::slice::from_ref(top), 1, &mut below);
            top.per == Per::Person && below.iter().any(|(_, q)| q.id == id)
        })
    };
    let mut answers = Answers::default();
    for (id, value) in given {
        let person = per_person(id).then_some(PEOPLE[0]);
        let key = AnswerKey { checklist: CHECKLIST, question: (*id).to_owned(), person, row: None };
        give(&mut answers, key, value.clone());
    }
    let mut ids = BTreeSet::new();
    for one in asked(&template, &PEOPLE[..1], &answers) {
        one.each(&mut |q| {
            ids.insert(q.question.id.clone());
        });
    }
    ids
}

/// Returns the ids of the questions that the last of `given` makes visible.
fn brings_up(given: &[(&str, AnswerValue)]) -> BTreeSet<String> {
    let before = after(&given[..given.len() - 1]);
    after(given).into_iter().filter(|id| !before.contains(id)).collect()
}

fn choice(id: &str) -> AnswerValue {
    AnswerValue::Choice(id.to_owned())
}

#[test]
fn the_sections_a_to_j_are_all_there_in_their_order() {
    let template = template();
    let sections: Vec<_> = template.sections.iter().map(|s| (s.id.as_str(), s.title.nl.as_str())).collect();
    assert_eq!(sections, SECTIONS);
    assert_eq!((template.id.as_str(), template.year), ("ib-2025", 2025));
}

#[test]
fn a_household_of_two_begins_with_at_most_45_questions_and_one_person_with_fewer() {
    let template = template();
    let begin = |people: &[PersonId]| template.progress(CHECKLIST, people, &Answers::default()).asked;
    assert!(begin(&PEOPLE) <= 45, "{}", begin(&PEOPLE));
    assert!(begin(&PEOPLE[..1]) < begin(&PEOPLE));
}

#[test]
fn big_sections_begin_with_one_question_that_can_end_them() {
    let template = template();
    for id in ["kinderen", "woning", "onderneming", "aanmerkelijk_belang", "inkomensvoorziening"] {
        let section = template.sections.iter().find(|s| s.id == id).unwrap();
        let gates: Vec<_> = section.questions.iter().map(|q| q.kind).collect();
        assert_eq!(gates, [QuestionKind::YesNo], "{id}");
    }
}

#[test]
fn whoever_answers_no_to_everything_has_only_the_account_pay_and_savings_left() {
    let template = template();
    let mut answers = Answers::default();
    fill_in(&template, &mut answers, |q| (q.question.kind == QuestionKind::YesNo).then_some(AnswerValue::No));
    let left = open(&template, &answers);
    // The last question is asked of each person who says that something is missing.
    let expected = ["iban", "iban_naam", "werkgevers", "werkgevers", "spaarsaldo", "jaaroverzicht_bank"];
    assert_eq!(left[..6], expected);
    assert_eq!(left[6..], ["volledig_wat", "volledig_wat"]);
}

#[test]
fn every_question_is_reached_by_some_answers() {
    let template = template();
    let mut seen = BTreeSet::new();
    // One walk shows the follow-ups of one option of each choice, and those of either yes or no.
    for walk in 0..16 {
        let plain = |q: &AskedQuestion<'_>| match q.question.kind {
            QuestionKind::YesNo
                if walk >= 8 && q.question.followups.iter().any(|f| f.after.contains(&"no".to_owned())) =>
            {
                Some(AnswerValue::No)
            }
            QuestionKind::YesNo => Some(AnswerValue::Yes),
            QuestionKind::Choice => {
                let options = &q.question.options;
                Some(AnswerValue::Choice(options[walk % options.len()].id.clone()))
            }
            // This is a child who is young enough for what is asked about the youngest.
            QuestionKind::Date => Some(AnswerValue::Date(Date::constant(2020, 5, 1))),
            _ => None,
        };
        let mut answers = Answers::default();
        fill_in(&template, &mut answers, plain);
        let mut rows = Vec::new();
        for one in asked(&template, &PEOPLE, &answers) {
            one.each(&mut |q| {
                if q.question.kind == QuestionKind::Rows {
                    rows.push(AnswerKey { row: Some(RowId::from_bytes([5; 16])), ..q.key.clone() });
                }
            });
        }
        rows.into_iter().for_each(|key| give(&mut answers, key, AnswerValue::Row(true)));
        fill_in(&template, &mut answers, plain);
        for one in asked(&template, &PEOPLE, &answers) {
            one.each(&mut |q| {
                seen.insert(q.question.id.clone());
            });
        }
    }
    let never: Vec<_> = everything(&template).iter().map(|(_, q)| &q.id).filter(|id| !seen.contains(*id)).collect();
    assert!(never.is_empty(), "{never:?}");
}

#[test]
fn an_answer_brings_up_exactly_what_belongs_to_it() {
    use AnswerValue::{No, Unknown, Yes};
    let check = |given: &[(&str, AnswerValue)], expected: &[&str]| {
        let expected: BTreeSet<_> = expected.iter().map(|id| (*id).to_owned()).collect();
        assert_eq!(brings_up(given), expected, "{given:?}");
    };
    for gate in ["kinderen_thuis", "ander_inkomen", "koopwoning", "onderneming_had", "ab_had", "lijfrente_premie"] {
        check(&[(gate, No)], &[]);
        check(&[(gate, Unknown)], &[]);
        assert!(!brings_up(&[(gate, Yes)]).is_empty(), "{gate}");
    }
    check(
        &[("koopwoning", Yes)],
        &[
            "woz_waarde",
            "woz_beschikking",
            "woning_eigendom",
            "hypotheek",
            "erfpacht",
            "gekocht_verkocht",
            "oversluiten",
            "verbouwd",
            "woning_verhuurd",
        ],
    );
    check(&[("koopwoning", Yes), ("hypotheek", Yes)], &["hypotheken", "familielening", "bouwdepot", "kew"]);
    let bought = ["overdracht_datum", "overdracht_prijs", "aankoopkosten", "vorige_woning"];
    let sold = ["verkoop_datum", "verkoop_prijs"];
    let home = [("koopwoning", Yes), ("gekocht_verkocht", Yes)];
    let with = |id: &str| [&home[..], &[("gekocht_verkocht_wat", choice(id))]].concat();
    check(&with("gekocht"), &bought);
    check(&with("verkocht"), &sold);
    check(&with("beide"), &[&bought[..], &sold[..]].concat());
    let books = |id: &str| [("onderneming_had", Yes), ("administratie", choice(id))];
    check(&books("kantoor"), &[]);
    check(&books("ander"), &["jaarstukken", "btw_aangiften"]);
    assert!(brings_up(&books("zelf")).contains("saldo_voorraad"));
    check(
        &[("lijfrente_premie", Yes), ("lijfrente_premie_soort", choice("verzekering"))],
        &["aov_bedrag", "aov_bewijs"],
    );
    check(&[("fiscale_partner", Yes), ("partner_hele_jaar", No)], &["partner_vanaf", "partner_kiezen"]);
    check(&[("fiscale_partner", Yes), ("partner_hele_jaar", Yes)], &[]);
    check(&[("fiscale_partner", Unknown)], &["partner_waarom"]);
    check(&[("fiscale_partner", No)], &[]);
}

#[test]
fn every_yes_or_no_question_at_the_top_says_why_it_is_asked() {
    let template = template();
    let questions = template.sections.iter().flat_map(|s| &s.questions);
    let silent: Vec<_> =
        questions.filter(|q| q.kind == QuestionKind::YesNo && q.help.is_none()).map(|q| q.id.as_str()).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn texts_are_short_enough_for_a_telephone_and_differ_between_the_languages() {
    for (depth, question) in everything(&template()) {
        assert!(depth <= 6, "{} lies too deep", question.id);
        for text in [&question.text.nl, &question.text.en] {
            assert!(text.chars().count() <= 110 && text.trim() == text, "{}: {text}", question.id);
        }
        let Some(help) = &question.help else { continue };
        assert_ne!(help.nl, help.en, "{}", question.id);
        for text in [&help.nl, &help.en] {
            assert!(text.chars().count() <= 400 && text.ends_with('.'), "{}: {text}", question.id);
        }
    }
}

#[test]
fn what_others_look_for_is_found_by_its_words() {
    let template = template();
    for (section, words, kind) in [
        ("sparen", "spaarrekening", QuestionKind::Amount),
        ("sparen", "beleggingen of crypto", QuestionKind::YesNo),
        ("woning", "koopwoning", QuestionKind::YesNo),
        ("woning", "hypotheek of andere lening", QuestionKind::YesNo),
    ] {
        let section = template.sections.iter().find(|s| s.id == section).unwrap();
        let mut questions = Vec::new();
        all(&section.questions, 1, &mut questions);
        let found: Vec<_> = questions.iter().filter(|(_, q)| q.text.nl.contains(words)).map(|(_, q)| q.kind).collect();
        assert_eq!(found, [kind], "{words}");
    }
}
