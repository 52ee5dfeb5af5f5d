//! Tests of the effect of conditions, last year's answers, reviews and check digits on
//! what is asked and on the progress.

use model::{
    checklist::{
        AnswerKey, AnswerValue, Answers, AskedQuestion, Progress, QuestionState, Template, TemplateError,
        TemplateMistake,
    },
    id::*,
    money::Cents,
    record::{Answer, Review, ReviewOutcome},
    time::Timestamp,
};

const CHECKLIST: ChecklistId = ChecklistId::from_bytes([9; 16]);
const PEOPLE: [PersonId; 2] = [PersonId::from_bytes([1; 16]), PersonId::from_bytes([2; 16])];
const ROW: RowId = RowId::from_bytes([5; 16]);

/// Returns a template of one section with these questions: id, kind and the rest of their JSON.
fn template(questions: &[(&str, &str, &str)]) -> Result<Template, TemplateError> {
    let questions: Vec<_> = questions.iter().map(|(id, kind, rest)| question(id, kind, rest)).collect();
    Template::from_json(&format!(
        r#"{{"id":"t-2025","version":1,"year":2025,"title":{{"nl":"T","en":"T"}},"sections":[
            {{"id":"s","title":{{"nl":"S","en":"S"}},"questions":[{}]}}]}}"#,
        questions.join(",")
    ))
}

fn question(id: &str, kind: &str, rest: &str) -> String {
    format!(r#"{{"id":"{id}","kind":"{kind}","text":{{"nl":"{id}","en":"{id}"}}{rest}}}"#)
}

fn is(question: &str, word: &str) -> String {
    format!(r#"{{"is":{{"question":"{question}","any_of":["{word}"]}}}}"#)
}

fn when(condition: &str) -> String {
    format!(r#","when":{condition}"#)
}

fn key(question: &str) -> AnswerKey {
    AnswerKey { checklist: CHECKLIST, question: question.into(), person: None, row: None }
}

fn in_row(question: &str) -> AnswerKey {
    AnswerKey { row: Some(ROW), ..key(question) }
}

fn give(answers: &mut Answers, key: AnswerKey, value: AnswerValue) {
    let at = Timestamp(100 + answers.given.len() as i64);
    answers.given.insert(key, vec![Answer { value, by: PEOPLE[0], at }]);
}

fn answers(given: &[(&str, AnswerValue)]) -> Answers {
    let mut answers = Answers::default();
    given.iter().for_each(|(id, value)| give(&mut answers, key(id), value.clone()));
    answers
}

fn each(template: &Template, answers: &Answers, mut visit: impl FnMut(&AskedQuestion<'_>)) {
    for one in template.asked(&template.sections[0], CHECKLIST, &PEOPLE, answers) {
        one.each(&mut visit);
    }
}

fn asked(template: &Template, answers: &Answers) -> Vec<String> {
    let mut ids = Vec::new();
    each(template, answers, |one| ids.push(one.question.id.clone()));
    ids
}

fn state(template: &Template, answers: &Answers, id: &str) -> QuestionState {
    let mut found = None;
    each(template, answers, |one| {
        if one.question.id == id {
            found = Some(one.state);
        }
    });
    found.unwrap()
}

#[test]
fn a_condition_of_any_depth_decides_whether_a_question_is_asked() {
    use AnswerValue::{No, Unknown, Yes};
    let (a, b) = (is("a", "yes"), is("b", "yes"));
    type Given<'g> = &'g [(&'g str, AnswerValue)];
    let table: [(&str, String, Given<'_>, bool); 12] = [
        ("nothing said", a.clone(), &[], false),
        ("said", a.clone(), &[("a", Yes)], true),
        ("said otherwise", a.clone(), &[("a", No)], false),
        ("not said is not `no`", format!(r#"{{"not":{a}}}"#), &[], true),
        ("not", format!(r#"{{"not":{a}}}"#), &[("a", Yes)], false),
        ("one of two", format!(r#"{{"all":[{a},{b}]}}"#), &[("a", Yes)], false),
        ("both", format!(r#"{{"all":[{a},{b}]}}"#), &[("a", Yes), ("b", Yes)], true),
        ("either", format!(r#"{{"any":[{a},{b}]}}"#), &[("b", Yes)], true),
        ("neither", format!(r#"{{"any":[{a},{b}]}}"#), &[("b", Unknown)], false),
        ("deep", format!(r#"{{"not":{{"all":[{a},{{"not":{b}}}]}}}}"#), &[("a", Yes)], false),
        ("a choice", is("c", "x"), &[("c", AnswerValue::Choice("x".into()))], true),
        ("another choice", is("c", "x"), &[("c", AnswerValue::Choice("y".into()))], false),
    ];
    let options = r#","options":[{"id":"x","text":{"nl":"x","en":"x"}},{"id":"y","text":{"nl":"y","en":"y"}}]"#;
    for (name, condition, given, expected) in table {
        let template = template(&[
            ("a", "yes_no", ""),
            ("b", "yes_no", ""),
            ("c", "choice", options),
            ("q", "text", &when(&condition)),
        ])
        .unwrap();
        assert_eq!(asked(&template, &answers(given)).contains(&"q".to_owned()), expected, "{name}");
    }
}

#[test]
fn an_answer_to_what_is_not_asked_any_more_does_not_count() {
    let mortgage = format!(r#","followups":[{}]"#, question("mortgage", "yes_no", ""));
    let template = template(&[
        ("home", "yes_no", &mortgage),
        ("rate", "text", &when(&is("mortgage", "yes"))),
        ("bank", "yes_no", &when(&is("home", "yes"))),
        ("letter", "upload", &when(&is("bank", "yes"))),
    ])
    .unwrap();
    let yes = [("home", AnswerValue::Yes), ("mortgage", AnswerValue::Yes), ("bank", AnswerValue::Yes)];
    assert_eq!(asked(&template, &answers(&yes)), ["home", "mortgage", "rate", "bank", "letter"]);
    let mut sold = answers(&yes);
    give(&mut sold, key("home"), AnswerValue::No);
    assert_eq!(asked(&template, &sold), ["home"]);
}

#[test]
fn an_age_is_reckoned_from_the_day_in_the_same_row() {
    let younger = r#"{"younger":{"question":"born","than":12,"on":"2025-01-01"}}"#;
    let columns = format!(
        r#","columns":[{},{}]"#,
        question("born", "date", ""),
        question("registered", "yes_no", &when(younger))
    );
    let template = template(&[("children", "rows", &columns)]).unwrap();
    for (born, expected) in [
        ("2013-01-02", true),
        ("2013-01-01", false),
        ("2012-06-01", false),
        ("2024-12-31", true),
        ("2025-01-02", false),
        ("2012-02-29", false),
    ] {
        let mut answers = Answers::default();
        give(&mut answers, in_row("children"), AnswerValue::Row(true));
        give(&mut answers, in_row("born"), AnswerValue::Date(born.parse().unwrap()));
        assert_eq!(asked(&template, &answers).contains(&"registered".to_owned()), expected, "{born}");
    }
}

#[test]
fn a_question_put_to_each_person_looks_at_the_answers_of_that_person() {
    let template = template(&[
        ("abroad", "yes_no", r#","per":"person""#),
        ("country", "text", &format!(r#","per":"person"{}"#, when(&is("abroad", "yes")))),
        ("treaty", "text", &when(&is("abroad", "yes"))),
    ])
    .unwrap();
    let mut answers = Answers::default();
    give(&mut answers, AnswerKey { person: Some(PEOPLE[1]), ..key("abroad") }, AnswerValue::Yes);
    let mut whose = Vec::new();
    each(&template, &answers, |one| whose.push((one.question.id.clone(), one.key.person)));
    assert_eq!(whose[2], ("country".to_owned(), Some(PEOPLE[1])));
    assert_eq!(whose[3], ("treaty".to_owned(), None), "one person is enough");
    assert_eq!(whose.len(), 4);
}

#[test]
fn a_condition_that_cannot_be_is_refused_in_its_place() {
    let column = format!(r#","columns":[{}]"#, question("col", "yes_no", ""));
    let nested = |depth: usize| format!("{}{}{}", r#"{"not":"#.repeat(depth), is("a", "yes"), "}".repeat(depth));
    let table = [
        ("unknown", is("nowhere", "yes"), TemplateMistake::UnknownReference("nowhere".into())),
        ("a row from outside it", is("col", "yes"), TemplateMistake::UnknownReference("col".into())),
        ("an answer that is none", is("a", "maybe"), TemplateMistake::WrongType("a".into())),
        ("a kind without words", is("text", "yes"), TemplateMistake::WrongType("text".into())),
        (
            "no answer at all",
            r#"{"is":{"question":"a","any_of":[]}}"#.to_owned(),
            TemplateMistake::WrongType("a".into()),
        ),
        (
            "an age of no day",
            r#"{"younger":{"question":"a","than":12,"on":"2025-01-01"}}"#.to_owned(),
            TemplateMistake::WrongType("a".into()),
        ),
        ("itself", is("q", "yes"), TemplateMistake::Cyclic),
        ("in a circle", is("z", "yes"), TemplateMistake::Cyclic),
        (
            "both yes and no",
            format!(r#"{{"all":[{},{}]}}"#, is("a", "yes"), is("a", "no")),
            TemplateMistake::Unreachable,
        ),
        ("of nothing", r#"{"all":[]}"#.to_owned(), TemplateMistake::Lacks("a condition")),
        ("too deep", nested(20), TemplateMistake::TooDeep),
    ];
    for (name, condition, expected) in table {
        let error = template(&[
            ("a", "yes_no", ""),
            ("text", "text", ""),
            ("rows", "rows", &column),
            ("q", "yes_no", &when(&condition)),
            ("z", "yes_no", &when(&is("q", "yes"))),
        ])
        .unwrap_err();
        assert_eq!(error, TemplateError::At { id: "q".into(), mistake: expected }, "{name}");
    }
}

#[test]
fn a_template_that_would_choke_a_telephone_is_refused() {
    let below = (0..40).fold(String::new(), |inner, n| {
        let followups = if inner.is_empty() { inner } else { format!(r#","followups":[{inner}]"#) };
        question(&format!("q{n}"), "yes_no", &followups)
    });
    let deep = template(&[("top", "yes_no", &format!(r#","followups":[{below}]"#))]).unwrap_err();
    assert!(matches!(deep, TemplateError::At { mistake: TemplateMistake::TooDeep, .. }), "{deep}");
    let many: Vec<String> = (0..900).map(|n| format!("q{n}")).collect();
    let many: Vec<_> = many.iter().map(|id| (id.as_str(), "text", "")).collect();
    assert_eq!(template(&many), Err(TemplateError::TooLarge));
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(Template::from_json(&nested), Err(TemplateError::Malformed(_))));
    assert_eq!(Template::from_json(&" ".repeat(600_000)), Err(TemplateError::TooLarge));
}

#[test]
fn a_chain_of_conditions_is_looked_at_once_per_question() {
    // Each question depends twice on the one before, which would be 2^30 checks if none were remembered.
    let ids: Vec<String> = (0..30).map(|n| format!("q{n}")).collect();
    let conditions: Vec<String> = (0..30)
        .map(|n: usize| match n.checked_sub(1) {
            None => String::new(),
            Some(before) => {
                let (yes, no) = (is(&ids[before], "yes"), is(&ids[before], "unknown"));
                when(&format!(r#"{{"any":[{yes},{no}]}}"#))
            }
        })
        .collect();
    let questions: Vec<_> = ids.iter().zip(&conditions).map(|(id, c)| (id.as_str(), "yes_no", c.as_str())).collect();
    let template = template(&questions).unwrap();
    let given: Vec<_> = ids.iter().map(|id| (id.as_str(), AnswerValue::Yes)).collect();
    assert_eq!(asked(&template, &answers(&given)).len(), 30);
}

#[test]
fn what_was_answered_last_year_is_proposed_and_counts_as_open_until_it_is_confirmed() {
    let columns = format!(r#","columns":[{},{}]"#, question("name", "text", ""), question("wage", "amount", ""));
    let more = format!(r#","followups":[{}]"#, question("lender", "text", ""));
    let template =
        template(&[("mortgage", "yes_no", &more), ("jobs", "rows", &columns), ("woz", "amount", "")]).unwrap();
    let mut answers = Answers::default();
    for (place, value) in [
        (key("mortgage"), AnswerValue::Yes),
        (key("lender"), AnswerValue::Text("Rabobank".into())),
        (in_row("jobs"), AnswerValue::Row(true)),
        (in_row("name"), AnswerValue::Text("Gemeente".into())),
        (in_row("wage"), AnswerValue::Amount(Cents(100))),
        (key("woz"), AnswerValue::Amount(Cents(200))),
    ] {
        answers.last_year.insert(place, value);
    }
    assert_eq!(asked(&template, &answers), ["mortgage", "lender", "jobs", "name", "wage", "woz"]);
    let progress = template.progress(CHECKLIST, &PEOPLE, &answers);
    assert_eq!(progress, Progress { asked: 6, prefilled: 4, ..Progress::default() });
    assert_eq!(state(&template, &answers, "woz"), QuestionState::Open, "an amount is new each year");
    let proposals: Vec<_> = template
        .asked(&template.sections[0], CHECKLIST, &PEOPLE, &answers)
        .iter()
        .flat_map(|one| one.proposals(&answers))
        .collect();
    assert_eq!(proposals.len(), 4);
    proposals.into_iter().for_each(|(place, value)| give(&mut answers, place, value));
    let progress = template.progress(CHECKLIST, &PEOPLE, &answers);
    assert_eq!((progress.answered, progress.prefilled, progress.open()), (4, 0, 2));
}

#[test]
fn a_proposed_row_that_is_removed_stays_away_and_another_answer_hides_what_followed() {
    let more = format!(r#","followups":[{}]"#, question("lender", "text", ""));
    let columns = format!(r#","columns":[{}]"#, question("name", "text", ""));
    let template = template(&[("mortgage", "yes_no", &more), ("jobs", "rows", &columns)]).unwrap();
    let mut answers = Answers::default();
    answers.last_year.insert(key("mortgage"), AnswerValue::Yes);
    answers.last_year.insert(key("lender"), AnswerValue::Text("Rabobank".into()));
    answers.last_year.insert(in_row("jobs"), AnswerValue::Row(true));
    give(&mut answers, key("mortgage"), AnswerValue::No);
    give(&mut answers, in_row("jobs"), AnswerValue::Row(false));
    assert_eq!(asked(&template, &answers), ["mortgage", "jobs"]);
    assert_eq!(state(&template, &answers, "jobs"), QuestionState::Open);
}

#[test]
fn what_is_sent_back_is_open_until_it_is_answered_again_whatever_the_clocks_say() {
    let template = template(&[("a", "yes_no", "")]).unwrap();
    let mut answers = answers(&[("a", AnswerValue::Yes)]);
    let review = |outcome, of| Review {
        outcome,
        remark: "Klopt dit?".into(),
        by: "Sanne de Wit".into(),
        at: Timestamp(9_000),
        of,
    };
    answers.reviews.insert(key("a"), review(ReviewOutcome::SentBack, answers.newest(&key("a"))));
    assert_eq!(state(&template, &answers, "a"), QuestionState::SentBack);
    assert_eq!(template.progress(CHECKLIST, &PEOPLE, &answers).open(), 1);
    // The device's clock is behind that of the server.
    answers.given.insert(key("a"), vec![Answer { value: AnswerValue::No, by: PEOPLE[1], at: Timestamp(7) }]);
    assert_eq!(state(&template, &answers, "a"), QuestionState::Answered);
    answers.reviews.insert(key("a"), review(ReviewOutcome::Accepted, Some(Timestamp(7))));
    assert_eq!(answers.review(&key("a")).unwrap().outcome, ReviewOutcome::Accepted);
}

#[test]
fn an_answer_that_says_nothing_to_its_question_leaves_it_open() {
    let options = r#","options":[{"id":"x","text":{"nl":"x","en":"x"}},{"id":"y","text":{"nl":"y","en":"y"}}]"#;
    for (kind, rest, value, expected) in [
        ("yes_no", "", AnswerValue::Text("ja".into()), QuestionState::Open),
        ("choice", options, AnswerValue::Choice("z".into()), QuestionState::Open),
        ("choice", options, AnswerValue::Choice("x".into()), QuestionState::Answered),
        ("amount", "", AnswerValue::Number(100), QuestionState::Open),
        ("number", "", AnswerValue::Number(100), QuestionState::Answered),
        ("bsn", "", AnswerValue::Text("111222333".into()), QuestionState::Answered),
        ("bsn", "", AnswerValue::Text("111222334".into()), QuestionState::Malformed),
        ("iban", "", AnswerValue::Text("NL91 ABNA 0417 1643 00".into()), QuestionState::Answered),
        ("iban", "", AnswerValue::Text("NL92 ABNA 0417 1643 00".into()), QuestionState::Malformed),
        ("iban", "", AnswerValue::Unknown, QuestionState::Answered),
    ] {
        let template = template(&[("q", kind, rest)]).unwrap();
        let answers = answers(&[("q", value.clone())]);
        assert_eq!(state(&template, &answers, "q"), expected, "{kind} {value:?}");
    }
}

#[test]
fn a_family_is_the_same_kind_of_checklist_in_any_year() {
    let mut template = template(&[("a", "text", "")]).unwrap();
    for (id, family) in [("t-2025", "t"), ("t-2024", "t-2024"), ("intake", "intake"), ("ib-eigen-2025", "ib-eigen")] {
        id.clone_into(&mut template.id);
        assert_eq!(template.family(), family, "{id}");
    }
}
