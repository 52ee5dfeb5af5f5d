//! Converts one part of a checklist to a form, and back.

use super::text::Templates as Text;
use crate::part::form::Form;
use model::{
    checklist::{
        Choice, Condition, NewQuestionPlace, Per, Question, QuestionKind, Section, Template, TemplateError,
        TemplateMistake,
    },
    language::{Bilingual, Language},
};

/// The kinds of question in the order in which they are offered, with their words.
pub const KINDS: [(QuestionKind, &str); 10] = [
    (QuestionKind::YesNo, "yes_no"),
    (QuestionKind::Choice, "choice"),
    (QuestionKind::Amount, "amount"),
    (QuestionKind::Number, "number"),
    (QuestionKind::Date, "date"),
    (QuestionKind::Text, "text"),
    (QuestionKind::Upload, "upload"),
    (QuestionKind::Rows, "rows"),
    (QuestionKind::Iban, "iban"),
    (QuestionKind::Bsn, "bsn"),
];

/// The choice in the form that leaves a condition as it is.
pub const KEEP: &str = "keep";

/// Returns the form of a part. `new` says where a question is to be added, if one is.
pub fn form_of(template: &Template, part: &str, new: &str) -> Form {
    let mut form = Form::default();
    let path = template.path(part);
    match (path.last(), template.sections.iter().find(|s| s.id == part)) {
        _ if !new.is_empty() => form.set("kind", "yes_no"),
        (Some(question), _) => fill(&mut form, question),
        (None, Some(section)) => {
            fill_text(&mut form, "text", &section.title);
            fill_text(&mut form, "lead", &section.lead);
        }
        (None, None) => fill_text(&mut form, "text", &template.title),
    }
    form
}

fn fill_text(form: &mut Form, name: &str, text: &Bilingual) {
    form.set(format!("{name}_nl"), &text.nl);
    form.set(format!("{name}_en"), &text.en);
}

fn fill(form: &mut Form, question: &Question) {
    fill_text(form, "text", &question.text);
    for (name, text) in [("help", &question.help), ("excluded", &question.excluded), ("example", &question.example)] {
        fill_text(form, name, text.as_ref().unwrap_or(&Bilingual::default()));
    }
    form.set("kind", word_of(question.kind));
    if question.per == Per::Person {
        form.set("per", "person");
    }
    if question.fresh {
        form.set("fresh", "yes");
    }
    let lines: Vec<_> = question.options.iter().map(|o| format!("{} = {}", o.text.nl, o.text.en)).collect();
    form.set("options", lines.join("\n"));
    for word in question.after.iter().map(String::as_str).chain(question.after.is_empty().then_some("yes")) {
        form.set(format!("after_{word}"), "yes");
    }
    form.set("when", question.when.as_ref().map_or_else(String::new, |w| simple(w).unwrap_or_else(|| KEEP.to_owned())));
}

/// Returns the word for a kind of question in the data.
pub fn word_of(kind: QuestionKind) -> &'static str {
    KINDS.into_iter().find(|(k, _)| *k == kind).map_or("text", |(_, word)| word)
}

/// Returns a condition as `question=answer`, or None if it is more complex than that.
fn simple(when: &Condition) -> Option<String> {
    match when {
        Condition::Is { question, any_of } if any_of.len() == 1 => Some(format!("{question}={}", any_of.first()?)),
        _ => None,
    }
}

/// Returns the possible answers to a question on which another question can depend.
pub fn answers(question: &Question) -> Vec<&str> {
    match question.kind {
        QuestionKind::YesNo => vec!["yes", "no", "unknown"],
        QuestionKind::Choice => question.options.iter().map(|o| o.id.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Writes what was typed into the template, and returns the id of the part to be shown
/// next. Returns `None` if there is no such part.
pub fn change(template: &mut Template, part: &str, new: &str, form: &mut Form, t: Text) -> Option<String> {
    let text = Bilingual::new(form.value("text_nl"), form.value("text_en"));
    let lead = Bilingual::new(form.value("lead_nl"), form.value("lead_en"));
    let path: Vec<Question> = template.path(part).into_iter().cloned().collect();
    let (this, above) = (path.last(), path.iter().rev().nth(1));
    match (new, this) {
        ("", Some(question)) => {
            let read = read(template, question.clone(), above, form, t);
            *template.question_mut(part)? = read;
            Some(part.to_owned())
        }
        ("", None) if part.is_empty() => {
            template.title = text;
            Some(String::new())
        }
        ("", None) => {
            let section = template.section_mut(part)?;
            (section.title, section.lead) = (text, lead);
            Some(part.to_owned())
        }
        ("onderdeel", _) => {
            let id = template.free_id(&text.nl);
            let first = blank(template.free_id("vraag"), QuestionKind::YesNo, both(Text::new_question));
            template.sections.push(Section { id: id.clone(), title: text, lead, questions: vec![first] });
            Some(id)
        }
        (place, _) => {
            let (kind, _) = KINDS.into_iter().find(|(_, word)| *word == form.value("kind"))?;
            let id = template.free_id(&text.nl);
            let (place, above) = match place {
                "na" => (NewQuestionPlace::After(part), above),
                "onder" => (NewQuestionPlace::Below(part), this),
                "eind" => (NewQuestionPlace::End(part), None),
                _ => return None,
            };
            let question = read(template, blank(id.clone(), kind, text), above, form, t);
            template.insert(place, question).then_some(id)
        }
    }
}

/// Returns a text of our own in both languages.
fn both(of: fn(Text) -> &'static str) -> Bilingual {
    Bilingual::new(of(Text(Language::Nl)), of(Text(Language::En)))
}

fn blank(id: String, kind: QuestionKind, text: Bilingual) -> Question {
    Question {
        id,
        kind,
        text,
        when: None,
        help: None,
        excluded: None,
        example: None,
        fresh: false,
        per: Per::Joint,
        options: Vec::new(),
        columns: Vec::new(),
        after: Vec::new(),
        followups: Vec::new(),
    }
}

/// Returns the question with what was typed.
fn read(template: &Template, mut question: Question, above: Option<&Question>, form: &mut Form, t: Text) -> Question {
    question.text = Bilingual::new(form.value("text_nl"), form.value("text_en"));
    let optional = |name: &str| {
        let text = Bilingual::new(form.value(&format!("{name}_nl")), form.value(&format!("{name}_en")));
        (!text.nl.is_empty() || !text.en.is_empty()).then_some(text)
    };
    (question.help, question.excluded, question.example) =
        (optional("help"), optional("excluded"), optional("example"));
    question.per = if form.value("per") == "person" { Per::Person } else { Per::Joint };
    question.fresh = form.value("fresh") == "yes";
    if question.kind == QuestionKind::Choice {
        question.options = options(form, &question.options, t);
    }
    if question.kind == QuestionKind::Rows && question.columns.is_empty() {
        let id = template.free_id(&format!("{}_omschrijving", question.id));
        question.columns.push(blank(id, QuestionKind::Text, both(Text::new_column)));
    }
    let above = above.filter(|a| !a.columns.iter().any(|c| c.id == question.id) && a.kind != QuestionKind::Rows);
    question.after = above
        .map(answers)
        .unwrap_or_default()
        .into_iter()
        .filter(|word| form.value(&format!("after_{word}")) == "yes")
        .map(str::to_owned)
        .collect();
    question.when = match form.value("when") {
        "" => None,
        KEEP => question.when,
        simple => {
            let (other, answer) = simple.split_once('=').unwrap_or((simple, ""));
            Some(Condition::Is { question: other.to_owned(), any_of: vec![answer.to_owned()] })
        }
    };
    question
}

/// Reads the options, one per line, as `Nederlands = English`. An option keeps its id if it has the same
/// Dutch text as before, or the same line number while the number of lines is unchanged.
fn options(form: &mut Form, before: &[Choice], t: Text) -> Vec<Choice> {
    let typed = form.value("options").replace("\r\n", "\n");
    let lines: Vec<_> = typed.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let mut options: Vec<Choice> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let Some((nl, en)) = line.split_once('=').map(|(nl, en)| (nl.trim(), en.trim())) else {
            form.refuse("options", t.option_malformed(line));
            continue;
        };
        let known = before.iter().find(|o| o.text.nl == nl);
        let known = known.or_else(|| before.get(i).filter(|_| before.len() == lines.len()));
        let fresh =
            || (1..).map(|n| format!("optie_{n}")).find(|id| !before.iter().chain(&options).any(|o| o.id == *id));
        let id = known.map(|o| o.id.clone()).or_else(fresh).unwrap_or_default();
        options.push(Choice { id, text: Bilingual::new(nl, en) });
    }
    options
}

/// Returns the same questions for the year after: `ib-2025` becomes `ib-2026`.
pub fn next_year(template: &Template) -> Template {
    let (old, new) = (template.year.to_string(), (template.year + 1).to_string());
    let later = |text: &Bilingual| Bilingual::new(text.nl.replace(&old, &new), text.en.replace(&old, &new));
    Template {
        id: format!("{}-{new}", template.family()),
        version: 1,
        year: template.year + 1,
        title: later(&template.title),
        sections: template.sections.clone(),
    }
}

/// Returns a sentence that says what is wrong, and where.
pub fn sentence(error: &TemplateError, t: Text, template: &Template, language: Language) -> String {
    let (id, mistake) = match error {
        TemplateError::At { id, mistake } => (id, mistake),
        TemplateError::TooLarge | TemplateError::Malformed(_) => return t.too_large().to_owned(),
    };
    let name = |id: &str| template.path(id).last().map_or_else(|| id.to_owned(), |q| q.text.get(language).to_owned());
    let place = name(id);
    match mistake {
        TemplateMistake::Untranslated => t.fault_untranslated(&place),
        TemplateMistake::TooLong => t.fault_too_long(&place),
        TemplateMistake::Unreachable => t.fault_unreachable(&place),
        TemplateMistake::TooDeep => t.fault_too_deep(&place),
        TemplateMistake::UnknownReference(other) => t.fault_unknown(&place, &name(other)),
        TemplateMistake::WrongType(other) => t.fault_answer(&place, &name(other)),
        TemplateMistake::Cyclic => t.fault_cyclic(&place),
        TemplateMistake::Lacks(_) | TemplateMistake::BadId | TemplateMistake::Twice => t.fault_lacks(&place),
    }
}
