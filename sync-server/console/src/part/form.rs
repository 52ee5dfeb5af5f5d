//! A form that was sent: what was typed and what is wrong with it. Everything that was
//! typed is preserved, so that a form with a mistake is shown as it was.

use axum::{
    extract::{FromRequest, Request},
    response::{IntoResponse, Response},
};
use model::{
    check_digit::{compact_iban, is_iban},
    mail_address::MailAddress,
    money::Cents,
    payment::{compact_reference, is_reference},
    text::Shape,
    time::Date,
};
use std::collections::BTreeMap;

/// The fields as they were typed, and a sentence for each field that is wrong.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Form {
    values: BTreeMap<String, String>,
    errors: BTreeMap<String, String>,
}

/// The fields that were posted, without the characters that no text has: the only way in for what is typed into a
/// form without a file.
pub struct Posted<T = BTreeMap<String, String>>(pub T);

impl<S: Send + Sync, T: FromIterator<(String, String)>> FromRequest<S> for Posted<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let fields = axum::Form::<Vec<(String, String)>>::from_request(request, state).await;
        let axum::Form(fields) = fields.map_err(IntoResponse::into_response)?;
        let clean = |text: String| Shape::Text.clean(&text).into_owned();
        Ok(Self(fields.into_iter().map(|(name, value)| (clean(name), clean(value))).collect()))
    }
}

impl From<BTreeMap<String, String>> for Form {
    fn from(values: BTreeMap<String, String>) -> Self {
        let mut form = Self::default();
        values.into_iter().for_each(|(name, value)| form.set(name, value));
        form
    }
}

impl Form {
    /// Returns a form as it is before anybody types, with the values that it proposes.
    pub fn proposing<const N: usize>(values: [(&str, &str); N]) -> Self {
        Self::from(BTreeMap::from(values.map(|(name, value)| (name.to_owned(), value.to_owned()))))
    }

    /// Sets the value of a field. Characters that no text has are left out.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let value: String = value.into();
        self.values.insert(name.into(), Shape::Text.clean(&value).into_owned());
    }

    /// Returns the value of a field without the space around it.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", |v| v.trim())
    }

    /// Returns the value of a field with the space around it.
    pub fn as_typed(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// Returns the sentence that says what is wrong with a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.get(name).map(String::as_str)
    }

    /// Returns true if no field is wrong.
    pub fn is_sound(&self) -> bool {
        self.errors.is_empty()
    }

    /// Returns true if something was typed into one of `names`.
    pub fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| !self.value(name).is_empty())
    }

    /// Notes what is wrong with a field. If something was noted before, the first sentence stays.
    pub fn refuse(&mut self, name: impl Into<String>, sentence: impl Into<String>) {
        self.errors.entry(name.into()).or_insert_with(|| sentence.into());
    }

    /// Reads a text of 1 to `most` characters on one line.
    pub fn line(&mut self, name: &str, most: usize, missing: &str, malformed: &str) -> String {
        let value = self.value(name).to_owned();
        if value.is_empty() {
            self.refuse(name, missing);
        } else if Shape::Line.check(&value, most).is_err() {
            self.refuse(name, malformed);
        }
        value
    }

    /// Reads a mail address.
    pub fn mail_address(&mut self, name: &str, missing: &str, malformed: &str) -> String {
        let value = self.line(name, 254, missing, malformed);
        if !value.is_empty() && MailAddress::read(&value).is_none() {
            self.refuse(name, malformed);
        }
        value
    }

    /// Reads an account number (IBAN), which may stay empty unless it `is_needed`.
    pub fn iban(&mut self, name: &str, is_needed: bool, wrong: &str) -> String {
        let iban = compact_iban(self.value(name));
        if (is_needed || !iban.is_empty()) && !is_iban(&iban) {
            self.refuse(name, wrong);
        }
        iban
    }

    /// Reads a payment reference, which may stay empty unless it `is_needed`.
    pub fn payment_reference(&mut self, name: &str, is_needed: bool, wrong: &str) -> String {
        let reference = compact_reference(self.value(name));
        if (is_needed || !reference.is_empty()) && !is_reference(&reference) {
            self.refuse(name, wrong);
        }
        reference
    }

    /// Reads a day. Returns None if the field is empty or malformed; only the latter is noted.
    pub fn day(&mut self, name: &str, malformed: &str) -> Option<Date> {
        match self.value(name) {
            "" => None,
            text => {
                let day = text.parse::<Date>().ok().filter(|d| (2000..2100).contains(&d.year()));
                if day.is_none() {
                    self.refuse(name, malformed);
                }
                day
            }
        }
    }

    /// Reads an amount, which may be negative. Returns None if the field is empty or malformed.
    pub fn signed_amount(&mut self, name: &str, malformed: &str) -> Option<Cents> {
        let text = self.value(name);
        let read = (!text.is_empty()).then(|| Cents::parse(text));
        match read {
            Some(Err(_)) => {
                self.refuse(name, malformed);
                None
            }
            Some(Ok(amount)) => Some(amount),
            None => None,
        }
    }

    /// Reads an amount that is not negative. Returns None if the field is empty or malformed.
    pub fn amount(&mut self, name: &str, malformed: &str) -> Option<Cents> {
        match self.value(name) {
            "" => None,
            text => {
                let amount = Cents::parse(text).ok().filter(|c| c.0 >= 0);
                if amount.is_none() {
                    self.refuse(name, malformed);
                }
                amount
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stays_beside_the_sentence() {
        let mut form = Form::proposing([("due", "31-02-2026"), ("bedrag", "twaalf")]);
        assert_eq!((form.day("due", "geen dag"), form.amount("bedrag", "geen bedrag")), (None, None));
        assert_eq!((form.value("due"), form.error("due")), ("31-02-2026", Some("geen dag")));
        assert_eq!(form.error("bedrag"), Some("geen bedrag"));
        assert!(!form.is_sound());
    }

    #[test]
    fn an_amount_has_no_minus_because_the_choice_beside_it_says_which_way() {
        let mut form = Form::proposing([("bedrag", "-12")]);
        assert_eq!(form.amount("bedrag", "geen bedrag"), None);
        assert!(!form.is_sound());
    }
}
