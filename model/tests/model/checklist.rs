//! Tests of which questions are asked, given the answers so far.

use model::{
    checklist::{AnswerKey, AnswerValue, Answers, Progress, QuestionState, Template, TemplateError, TemplateMistake},
    id::*,
    record::Answer,
    time::Timestamp,
};

const CHECKLIST: ChecklistId = ChecklistId::from_bytes([9; 16]);
const PEOPLE: [PersonId; 2] = [PersonId::from_bytes([1; 16]), PersonId::from_bytes([2; 16])];

const TEMPLATE: &str = r#"{"id":"t","version":1,"year":2025,"title":{"nl":"T","en":"T"},"sections":[
 {"id":"s","title":{"nl":"S","en":"S"},"questions":[
  {"id":"home","kind":"yes_no","text":{"nl":"Woning?","en":"Home?"},"followups":[
    {"id":"mortgage","kind":"yes_no","text":{"nl":"Hypotheek?","en":"Mortgage?"},"followups":[
      {"id":"interest","kind":"amount","text":{"nl":"Rente","en":"Interest"}}]},
    {"id":"renting","kind":"text","after":["no"],"text":{"nl":"Huur","en":"Rent"}}]},
  {"id":"abroad","kind":"yes_no","per":"person","text":{"nl":"Buitenland?","en":"Abroad?"}},
  {"id":"jobs","kind":"rows","text":{"nl":"Werk","en":"Work"},"columns":[
    {"id":"employer","kind":"text","text":{"nl":"Naam","en":"Name"}},
    {"id":"statement","kind":"upload","text":{"nl":"Jaaropgave","en":"Statement"}}]}]}]}"#;

fn template() -> Template {
    Template::from_json(TEMPLATE).unwrap()
}

fn key(question: &str) -> AnswerKey {
    AnswerKey { checklist: CHECKLIST, question: question.into(), person: None, row: None }
}

fn give(answers: &mut Answers, key: AnswerKey, value: AnswerValue) {
    let answer = Answer { value, by: PEOPLE[0], at: Timestamp(answers.given.len() as i64) };
    answers.given.entry(key).or_default().push(answer);
}

/// Returns the ids of the questions that are asked, follow-ups and columns below their parent.
fn asked(answers: &Answers) -> Vec<String> {
    let template = template();
    let mut ids = Vec::new();
    for one in template.asked(&template.sections[0], CHECKLIST, &PEOPLE, answers) {
        one.each(&mut |q| ids.push(q.question.id.clone()));
    }
    ids
}

#[test]
fn a_follow_up_is_asked_only_after_the_answer_that_leads_to_it() {
    let mut answers = Answers::default();
    assert_eq!(asked(&answers), ["home", "abroad", "abroad", "jobs"]);
    give(&mut answers, key("home"), AnswerValue::Yes);
    assert_eq!(asked(&answers), ["home", "mortgage", "abroad", "abroad", "jobs"]);
    give(&mut answers, key("mortgage"), AnswerValue::Yes);
    assert_eq!(asked(&answers), ["home", "mortgage", "interest", "abroad", "abroad", "jobs"]);
    answers.given.insert(key("home"), Vec::new());
    give(&mut answers, key("home"), AnswerValue::No);
    assert_eq!(asked(&answers), ["home", "renting", "abroad", "abroad", "jobs"]);
}

#[test]
fn differing_answers_lead_to_the_follow_ups_of_both() {
    let mut answers = Answers::default();
    give(&mut answers, key("home"), AnswerValue::Yes);
    give(&mut answers, key("home"), AnswerValue::No);
    let template = template();
    assert_eq!(answers.state(template.path("home")[0], &key("home")), QuestionState::Differing);
    assert_eq!(asked(&answers), ["home", "mortgage", "renting", "abroad", "abroad", "jobs"]);
}

#[test]
fn a_row_has_its_columns_until_it_is_removed() {
    let mut answers = Answers::default();
    let row = AnswerKey { row: Some(RowId::from_bytes([5; 16])), ..key("jobs") };
    give(&mut answers, row.clone(), AnswerValue::Row(true));
    assert_eq!(asked(&answers)[3..], ["jobs", "employer", "statement"]);
    answers.given.insert(row.clone(), Vec::new());
    give(&mut answers, row, AnswerValue::Row(false));
    assert_eq!(asked(&answers)[3..], ["jobs"]);
}

#[test]
fn progress_counts_what_is_asked_and_nothing_else() {
    let progress = |answers: &Answers| template().progress(CHECKLIST, &PEOPLE, answers);
    let mut answers = Answers::default();
    assert_eq!(progress(&answers), Progress { answered: 0, asked: 4, ..Progress::default() });
    give(&mut answers, key("home"), AnswerValue::Yes);
    give(&mut answers, key("renting"), AnswerValue::Text("hidden".into()));
    assert_eq!(progress(&answers), Progress { answered: 1, asked: 5, ..Progress::default() });
    give(&mut answers, key("home"), AnswerValue::No);
    assert_eq!(progress(&answers), Progress { answered: 1, asked: 6, differing: 1, ..Progress::default() });
    let row = AnswerKey { row: Some(RowId::from_bytes([5; 16])), ..key("jobs") };
    give(&mut answers, row.clone(), AnswerValue::Row(true));
    answers.documents.insert(AnswerKey { question: "statement".into(), ..row }, Timestamp(1));
    assert_eq!(progress(&answers), Progress { answered: 3, asked: 8, differing: 1, ..Progress::default() });
}

#[test]
fn a_key_is_read_back_as_it_was_written_and_only_so() {
    let full = AnswerKey { person: Some(PEOPLE[1]), row: Some(RowId::from_bytes([5; 16])), ..key("jobs.0_a") };
    for key in [full, key("home")] {
        assert_eq!(key.to_string().parse(), Ok(key));
    }
    let good = key("home").to_string();
    for bad in
        ["", "x", &good.to_uppercase(), &format!("{good}/-"), &good.replace("home", "Home"), &good.replace("home", "")]
    {
        assert!(bad.parse::<AnswerKey>().is_err(), "{bad}");
    }
}

#[test]
fn a_template_with_a_fault_is_refused_and_the_fault_is_named() {
    let mistake = |from: &str, to: &str| Template::from_json(&TEMPLATE.replacen(from, to, 1)).unwrap_err();
    assert!(matches!(mistake("{", "["), TemplateError::Malformed(_)));
    let at = |id: &str, mistake: TemplateMistake| TemplateError::At { id: id.into(), mistake };
    assert_eq!(mistake("\"interest\"", "\"home\""), at("home", TemplateMistake::Twice));
    assert_eq!(mistake("\"interest\"", "\"Rente!\""), at("Rente!", TemplateMistake::BadId));
    assert_eq!(mistake("\"no\"", "\"perhaps\""), at("renting", TemplateMistake::Unreachable));
    assert_eq!(mistake("\"en\":\"Rent\"", "\"en\":\" \""), at("renting", TemplateMistake::Untranslated));
    assert_eq!(
        mistake("\"kind\":\"text\",\"text\":{\"nl\":\"Naam", "\"kind\":\"rows\",\"text\":{\"nl\":\"Naam"),
        at("employer", TemplateMistake::Lacks("a plain kind, as it is a column"))
    );
    let choice = mistake("\"kind\":\"amount\"", "\"kind\":\"choice\"");
    assert_eq!(choice, at("interest", TemplateMistake::Lacks("at least two options")));
}
