//! The fields of forms, each with its label, its hint and the sentence that says what is wrong.

pub mod text;

use super::form::Form;
use dioxus::prelude::*;
use ui::part::Icon;

/// The description of one field of a form.
#[derive(Debug, Clone, Copy)]
pub struct Field<'f> {
    /// The name of the field in the form. Together with `form` it makes the id of the element.
    pub name: &'f str,
    /// The name of the form, which keeps ids apart if a page has two forms.
    pub form: &'static str,
    /// The text of the label.
    pub label: &'f str,
    /// A short explanation beside the label.
    pub hint: Option<&'f str>,
    /// A suffix of the ids if the same form appears more than once on a page.
    pub place: &'f str,
    /// The type of the HTML input.
    pub kind: &'static str,
    /// The HTML attribute `autocomplete`; `off` if the browser should not guess.
    pub autocomplete: &'static str,
}

impl<'f> Field<'f> {
    /// Returns a plain text field.
    pub fn text(form: &'static str, name: &'f str, label: &'f str) -> Self {
        Self { name, form, label, hint: None, place: "", kind: "text", autocomplete: "off" }
    }

    /// Adds a short explanation beside the label.
    pub fn hint(mut self, hint: &'f str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Marks the field as belonging to one of several equal forms on the page.
    pub fn of(mut self, place: &'f str) -> Self {
        self.place = place;
        self
    }

    /// Sets another type of HTML input.
    pub fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    /// Says what the browser may fill in.
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

    /// Renders the field with the value that it has in `form`.
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

    /// Renders the field as a text area.
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

    /// Renders the field as a choice. `options` are pairs of a value and its text.
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

    /// Renders a field for one file. It is always empty, because a browser never fills in a file again.
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

/// Renders a choice among the filters of a table, without a label beside it. `options` are a value, its text, and true for
/// the one that is chosen.
pub fn filter_choice(name: &'static str, label: &str, options: Vec<(String, String, bool)>) -> Element {
    rsx! {
        span { class: "selectbox",
            select { class: "select", name, aria_label: "{label}",
                for (value , shown , selected) in options {
                    option { value: "{value}", selected, "{shown}" }
                }
            }
            Icon { name: "chevron-down" }
        }
    }
}

/// Renders the sentence that says what is wrong with the form as a whole.
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
