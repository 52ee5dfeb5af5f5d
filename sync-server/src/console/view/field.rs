//! Fields of forms, each with its label, its hint and the sentence that says
//! what is wrong with it.

use crate::console::form::Form;
use dioxus::prelude::*;
use ui::part::Icon;

/// One field on one line.
#[derive(Debug, Clone, Copy)]
pub struct Field<'f> {
    /// Name in the form; with `form` also its id.
    pub name: &'f str,
    /// Tells two forms of one page apart.
    pub form: &'static str,
    /// What is asked.
    pub label: &'f str,
    /// One more word beside the label.
    pub hint: Option<&'f str>,
    /// Tells the same form apart where it stands more than once.
    pub place: &'f str,
    /// HTML input type.
    pub kind: &'static str,
    /// HTML autocomplete, `off` where the browser should not guess.
    pub autocomplete: &'static str,
}

impl<'f> Field<'f> {
    /// A plain text field.
    pub fn text(form: &'static str, name: &'f str, label: &'f str) -> Self {
        Self { name, form, label, hint: None, place: "", kind: "text", autocomplete: "off" }
    }

    /// With one more word beside the label.
    pub fn hint(mut self, hint: &'f str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// In one of several forms that are alike.
    pub fn of(mut self, place: &'f str) -> Self {
        self.place = place;
        self
    }

    /// Of another HTML input type.
    pub fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    /// With what the browser may fill in.
    pub fn autocomplete(mut self, autocomplete: &'static str) -> Self {
        self.autocomplete = autocomplete;
        self
    }

    fn id(&self) -> String {
        let place: String = self.place.chars().filter(char::is_ascii_alphanumeric).collect();
        match place.as_str() {
            "" => format!("{}-{}", self.form, self.name),
            place => format!("{}-{}-{place}", self.form, self.name),
        }
    }

    /// The field as it stands in `form`.
    pub fn show(self, form: &Form) -> Element {
        let id = self.id();
        let error = form.error(self.name);
        let value = form.value(self.name);
        let inputmode = match self.kind {
            "amount" => Some("decimal"),
            _ => None,
        };
        let kind = if self.kind == "amount" { "text" } else { self.kind };
        rsx! {
            div { class: "field",
                {label(&id, self.label, self.hint)}
                input {
                    class: "input",
                    id: "{id}",
                    name: "{self.name}",
                    r#type: kind,
                    value: "{value}",
                    inputmode,
                    autocomplete: self.autocomplete,
                    aria_invalid: if error.is_some() { "true" },
                    aria_describedby: if error.is_some() { "{id}-fout" },
                }
                {sentence(&id, error)}
            }
        }
    }

    /// The field with several lines.
    pub fn show_lines(self, form: &Form, rows: u32) -> Element {
        let id = self.id();
        let error = form.error(self.name);
        let value = form.value(self.name);
        rsx! {
            div { class: "field",
                {label(&id, self.label, self.hint)}
                textarea {
                    class: "textarea",
                    id: "{id}",
                    name: "{self.name}",
                    rows: "{rows}",
                    aria_invalid: if error.is_some() { "true" },
                    aria_describedby: if error.is_some() { "{id}-fout" },
                    "{value}"
                }
                {sentence(&id, error)}
            }
        }
    }

    /// The field as a choice: values with what is shown.
    pub fn show_choice(self, form: &Form, options: &[(&str, &str)]) -> Element {
        let id = self.id();
        let error = form.error(self.name);
        let value = form.value(self.name);
        rsx! {
            div { class: "field",
                {label(&id, self.label, self.hint)}
                span { class: "selectbox",
                    select {
                        class: "select",
                        id: "{id}",
                        name: "{self.name}",
                        aria_describedby: if error.is_some() { "{id}-fout" },
                        for (word , shown) in options {
                            option { value: "{word}", selected: *word == value, "{shown}" }
                        }
                    }
                    Icon { name: "chevron-down" }
                }
                {sentence(&id, error)}
            }
        }
    }

    /// A field for one file. A browser never sends a file back into a form.
    pub fn show_file(self, form: &Form, accept: &'static str) -> Element {
        let id = self.id();
        let error = form.error(self.name);
        rsx! {
            div { class: "field",
                {label(&id, self.label, self.hint)}
                input {
                    class: "input",
                    id: "{id}",
                    name: "{self.name}",
                    r#type: "file",
                    accept,
                    aria_invalid: if error.is_some() { "true" },
                    aria_describedby: if error.is_some() { "{id}-fout" },
                }
                {sentence(&id, error)}
            }
        }
    }
}

fn label(id: &str, label: &str, hint: Option<&str>) -> Element {
    rsx! {
        label { r#for: "{id}",
            "{label}"
            if let Some(hint) = hint {
                " "
                span { class: "hint", "{hint}" }
            }
        }
    }
}

fn sentence(id: &str, error: Option<&str>) -> Element {
    rsx! {
        if let Some(error) = error {
            p { class: "error", id: "{id}-fout",
                Icon { name: "triangle-alert" }
                " {error}"
            }
        }
    }
}

/// A sentence about the whole form.
pub fn whole(form: &Form) -> Element {
    rsx! {
        if let Some(error) = form.error("") {
            div { class: "notice notice--bad", role: "alert",
                Icon { name: "triangle-alert" }
                strong { "{error}" }
            }
        }
    }
}
