//! Fields for one answer: text, amount, date. A wrong value is reported under its field and never passed on.

use crate::{
    component::draft::{Draft, DraftText, use_autosaved_draft},
    platform::page,
    text::Questions,
};
use dioxus::prelude::*;
use model::{
    check_digit::{is_bsn, is_iban},
    checklist::{AnswerValue, QuestionKind},
    money::Cents,
    record::MAX_TEXT,
    time::Date,
};
use std::array;
use ui::{part::Icon, text::Language};

/// Shows what is wrong with a field.
#[component]
pub fn FieldError(id: String, message: String) -> Element {
    rsx! {
        p { class: "error", id: "{id}-fout", role: "alert",
            Icon { name: "circle-alert" }
            " {message}"
        }
    }
}

/// One answer while it is typed.
#[derive(Clone, Copy)]
struct Typing {
    draft: Draft,
    /// Message about what is wrong with the text in a field that was left.
    wrong: Signal<Option<String>>,
    /// True if what is typed is not saved as an answer yet.
    unsaved: bool,
}

impl Typing {
    /// Passes on a complete text, once the next thing that the person pressed is painted.
    fn complete(self) {
        self.unless_typed_again(Draft::left);
    }

    /// Ends the typing in a field that was left. A right answer then shows as stored, a wrong one stays as typed.
    fn leave(self) {
        self.unless_typed_again(move |draft| {
            draft.left();
            if self.wrong.peek().is_none() {
                draft.show_stored();
            }
        });
    }

    fn unless_typed_again(self, then: impl FnOnce(Draft) + 'static) {
        let text = self.draft.peek();
        spawn(async move {
            page::painted().await;
            if self.draft.peek() == text {
                then(self.draft);
            }
        });
    }
}

/// Passes on each new answer that `read` finds in what is typed. `name` is that of [`use_autosaved_draft`].
fn use_typing(
    name: Option<String>,
    stored: Option<AnswerValue>,
    on_answer: EventHandler<AnswerValue>,
    read: impl Fn(&str) -> Result<Option<AnswerValue>, String> + Clone + 'static,
) -> Typing {
    let mut wrong = use_signal(|| None::<String>);
    let mut saved = use_signal(|| stored.clone());
    let mut handed_over = use_signal(|| false);
    let read_typed = read.clone();
    let draft = use_autosaved_draft(name, move |draft: DraftText| match read_typed(&draft.text) {
        Ok(None) => wrong.set(None),
        Ok(Some(value)) => {
            wrong.set(None);
            if saved.peek().as_ref() != Some(&value) {
                saved.set(Some(value.clone()));
                on_answer.call(value);
            }
            handed_over.set(true);
        }
        Err(message) if draft.left => wrong.set(Some(message)),
        // Nothing is reported while somebody is still typing.
        Err(_) => {}
    });
    use_effect(use_reactive!(|stored| saved.set(stored)));
    use_effect(move || {
        if handed_over() {
            handed_over.set(false);
            draft.saved();
        }
    });
    let unsaved = draft.text().is_some_and(|text| match read(&text) {
        Ok(value) => value.is_some() && *saved.read() != value,
        Err(_) => true,
    });
    Typing { draft, wrong, unsaved }
}

/// Shows a field whose text becomes an answer.
#[component]
pub fn TextField(
    id: String,
    label: String,
    language: Language,
    stored: Option<AnswerValue>,
    kind: QuestionKind,
    disabled: bool,
    on_answer: EventHandler<AnswerValue>,
) -> Element {
    let shown = match &stored {
        Some(AnswerValue::Amount(cents)) => cents.plain(),
        Some(AnswerValue::Number(hundredths)) => Cents(*hundredths).plain(),
        Some(AnswerValue::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let has_answer = stored.is_some();
    let typing = use_typing(Some(id.clone()), stored, on_answer, move |text| read(text, kind, language, has_answer));
    let (draft, mut wrong) = (typing.draft, typing.wrong);
    // A number that looks mistyped is saved too: somebody may look it up on a letter later.
    let doubtful = draft.shown(&shown).trim() == shown.trim() && fails_check(&shown, kind);
    let error = wrong.read().clone().or_else(|| doubtful.then(|| check_sentence(kind, language).to_owned()));
    let invalid = error.is_some();
    rsx! {
        input {
            class: "input",
            id: "{id}",
            r#type: "text",
            inputmode: match kind {
                QuestionKind::Amount | QuestionKind::Number => "decimal",
                QuestionKind::Bsn => "numeric",
                _ => "text",
            },
            autocomplete: "off",
            aria_label: "{label}",
            aria_invalid: if invalid { "true" },
            aria_describedby: if invalid { "{id}-fout" },
            disabled,
            value: draft.shown(&shown),
            oninput: move |event| {
                draft.typed(event.value());
                if wrong.peek().is_some() {
                    wrong.set(None);
                }
            },
            onchange: move |_| typing.complete(),
            onblur: move |_| typing.leave(),
        }
        if typing.unsaved {
            p { class: "unsaved", {Questions(language).unsaved()} }
        }
        if let Some(message) = error {
            FieldError { id: id.clone(), message }
        }
    }
}

/// Reads a text as an answer. Returns `None` if it is empty and was empty before.
fn read(text: &str, kind: QuestionKind, language: Language, has_answer: bool) -> Result<Option<AnswerValue>, String> {
    let words = Questions(language);
    let text = text.trim();
    match (text.is_empty(), has_answer, kind) {
        (true, false, _) => Ok(None),
        (true, true, _) => Err(words.not_empty().to_owned()),
        (false, _, QuestionKind::Amount) => {
            Cents::parse(text).map(|c| Some(AnswerValue::Amount(c))).map_err(|_| words.amount_wrong().to_owned())
        }
        (false, _, QuestionKind::Number) => {
            Cents::parse(text).map(|n| Some(AnswerValue::Number(n.0))).map_err(|_| words.number_wrong().to_owned())
        }
        (false, _, _) => match text.chars().count().checked_sub(MAX_TEXT + 1) {
            None => Ok(Some(AnswerValue::Text(text.to_owned()))),
            Some(over) => Err(words.too_long(over + 1)),
        },
    }
}

/// Returns true if a number with check digits is mistyped.
fn fails_check(text: &str, kind: QuestionKind) -> bool {
    match kind {
        QuestionKind::Bsn => !text.is_empty() && !is_bsn(text),
        QuestionKind::Iban => !text.is_empty() && !is_iban(text),
        _ => false,
    }
}

fn check_sentence(kind: QuestionKind, language: Language) -> &'static str {
    let words = Questions(language);
    if kind == QuestionKind::Bsn { words.bsn_wrong() } else { words.iban_wrong() }
}

/// Shows fields for day, month and year. They become an answer once the three form a day.
#[component]
pub fn DateField(
    id: String,
    label: String,
    language: Language,
    stored: Option<Date>,
    disabled: bool,
    /// True if an incomplete date is autosaved, so that it is there again after the browser was killed.
    #[props(default)]
    autosaved: bool,
    on_answer: EventHandler<AnswerValue>,
) -> Element {
    let text = Questions(language);
    let written = stored.map(|d| format!("{}-{}-{}", d.day(), d.month(), d.year())).unwrap_or_default();
    let name = autosaved.then(|| id.clone());
    let typing = use_typing(name, stored.map(AnswerValue::Date), on_answer, move |text| read_date(text, language));
    let (draft, mut wrong) = (typing.draft, typing.wrong);
    let shown = parts(&draft.shown(&written));
    let is_day = day(&shown).is_some();
    let error = wrong();
    let invalid = error.is_some();
    let names = [(text.day(), "2", "input"), (text.month(), "2", "input"), (text.year(), "4", "input input--year")];
    rsx! {
        div { class: "date", role: "group", aria_label: "{label}",
            for (i , (name , length , class)) in names.into_iter().enumerate() {
                label { key: "{i}",
                    "{name} "
                    input {
                        class,
                        id: if i == 0 { "{id}" } else { "{id}-{i}" },
                        r#type: "text",
                        inputmode: "numeric",
                        maxlength: length,
                        autocomplete: "off",
                        aria_invalid: if invalid { "true" },
                        aria_describedby: if invalid { "{id}-fout" },
                        disabled,
                        value: "{shown[i]}",
                        oninput: {
                            let shown = shown.clone();
                            move |event: FormEvent| {
                                let mut now = shown.clone();
                                now[i] = event.value().replace(BETWEEN, "");
                                draft.typed(if is_begun(&now) { now.join(BETWEEN) } else { String::new() });
                                if wrong.peek().is_some() {
                                    wrong.set(None);
                                }
                            }
                        },
                        onchange: move |_| draft.paused(),
                        // The year is the last of the three: once it is left, nothing is still to be typed.
                        onblur: move |_| {
                            if is_day || i == 2 {
                                typing.leave();
                            }
                        },
                    }
                }
            }
        }
        if typing.unsaved {
            p { class: "unsaved", {text.unsaved()} }
        }
        if let Some(message) = error {
            FieldError { id: id.clone(), message }
        }
    }
}

/// Separator of day, month and year while they are typed.
const BETWEEN: &str = "-";

fn parts(text: &str) -> [String; 3] {
    let mut parts = text.split(BETWEEN).map(str::to_owned);
    array::from_fn(|_| parts.next().unwrap_or_default())
}

fn is_begun(parts: &[String; 3]) -> bool {
    parts.iter().any(|part| !part.trim().is_empty())
}

/// Reads the texts of a date as an answer. Returns `None` if all are empty.
fn read_date(text: &str, language: Language) -> Result<Option<AnswerValue>, String> {
    let parts = parts(text);
    match day(&parts) {
        Some(date) => Ok(Some(AnswerValue::Date(date))),
        None if is_begun(&parts) => Err(Questions(language).date_wrong().to_owned()),
        None => Ok(None),
    }
}

/// Returns the day that three texts form. Years start at 1900: nobody's tax needs an older one, and `25` is not a
/// year.
fn day(parts: &[String; 3]) -> Option<Date> {
    let [day, month, year] = parts;
    let year: i16 = year.trim().parse().ok()?;
    let date = Date::new(year, month.trim().parse().ok()?, day.trim().parse().ok()?).ok()?;
    (1900..=2200).contains(&year).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_numbers_are_a_day_only_when_it_exists() {
        let cases = [
            (["14", "6", "2025"], true),
            (["29", "2", "2024"], true),
            (["29", "2", "2025"], false),
            (["1", "13", "2025"], false),
            (["1", "1", "25"], false),
            (["", "1", "2025"], false),
            (["een", "1", "2025"], false),
        ];
        for (parts, expected) in cases {
            assert_eq!(day(&parts.map(str::to_owned)).is_some(), expected, "{parts:?}");
        }
    }

    #[test]
    fn what_is_no_amount_is_never_an_answer() {
        assert!(read("twaalf", QuestionKind::Amount, Language::Nl, false).is_err());
        assert!(read("", QuestionKind::Amount, Language::Nl, true).is_err(), "an answer cannot be emptied");
        assert_eq!(read(" ", QuestionKind::Amount, Language::Nl, false), Ok(None));
        assert_eq!(
            read("1.284", QuestionKind::Amount, Language::Nl, true),
            Ok(Some(AnswerValue::Amount(Cents(128_400))))
        );
        assert_eq!(read(&"a".repeat(MAX_TEXT), QuestionKind::Text, Language::Nl, false).map(|v| v.is_some()), Ok(true));
        assert_eq!(
            read(&"a".repeat(MAX_TEXT + 3), QuestionKind::Text, Language::Nl, false),
            Err("Deze tekst is 3 tekens te lang.".to_owned())
        );
    }
}
