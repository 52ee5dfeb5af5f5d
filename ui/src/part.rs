//! The smallest parts of a screen, the same in the app and the console. Each
//! is a piece of markup without behaviour.

use dioxus::prelude::*;

/// A decorative icon of `icons.css`, by its name without prefix.
#[component]
pub fn Icon(name: &'static str) -> Element {
    rsx! {
        i { class: "icon icon-{name}", aria_hidden: "true" }
    }
}

/// How something stands; the colour never says it alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Good, finished.
    Ok,
    /// Waits for something.
    Wait,
    /// Went wrong.
    Bad,
    /// Worth knowing.
    Info,
    /// The firm's own colour.
    Accent,
    /// No colour.
    Plain,
}

impl Tone {
    /// The modifier of `.status` and `.notice`.
    pub fn name(self) -> &'static str {
        match self {
            Tone::Ok => "ok",
            Tone::Wait => "wait",
            Tone::Bad => "bad",
            Tone::Info => "info",
            Tone::Accent => "accent",
            Tone::Plain => "plain",
        }
    }
}

/// A small state label: an icon and a word.
#[component]
pub fn Status(tone: Tone, icon: &'static str, children: Element) -> Element {
    rsx! {
        span { class: "status status--{tone.name()}",
            Icon { name: icon }
            " "
            {children}
        }
    }
}

/// What a passkey is, before one is made.
#[component]
pub fn PasskeyIntro(title: &'static str, body: &'static str) -> Element {
    rsx! {
        section { class: "passkey", aria_labelledby: "pk",
            span { class: "passkey__icons", aria_hidden: "true",
                Icon { name: "scan-face" }
                Icon { name: "fingerprint-pattern" }
            }
            div { class: "stack-s",
                h2 { id: "pk", {title} }
                p { class: "small muted", {body} }
            }
        }
    }
}

/// The initials of a person, for those who see; the name stands beside it.
#[component]
pub fn Avatar(name: String) -> Element {
    rsx! {
        span { class: "avatar", aria_hidden: "true", {initials(&name)} }
    }
}

/// First letters of the first and the last word: `Sanne de Wit` is `SW`. The
/// style sheet makes them capitals.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next();
    let last = words.next_back();
    [first, last].into_iter().flatten().filter_map(|word| word.chars().next()).collect()
}

/// How far a step of a [`Trail`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Happened.
    Done,
    /// Waits.
    Now,
    /// Is to come.
    Later,
}

/// One step of a [`Trail`].
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// How far it is.
    pub pace: Pace,
    /// What happened or will happen.
    pub title: String,
    /// When, as it is shown.
    pub when: Option<String>,
    /// One more sentence.
    pub note: Option<String>,
}

impl Step {
    /// A step without moment or note.
    pub fn new(pace: Pace, title: impl Into<String>) -> Self {
        Self { pace, title: title.into(), when: None, note: None }
    }

    /// With the moment it happened.
    pub fn at(mut self, when: impl Into<String>) -> Self {
        self.when = Some(when.into());
        self
    }

    /// With one more sentence.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// What happened and what is to come, in order.
#[component]
pub fn Trail(steps: Vec<Step>) -> Element {
    rsx! {
        ol { class: "trail",
            for step in steps {
                li { class: match step.pace { Pace::Done => "is-done", Pace::Now => "is-now", Pace::Later => "" },
                    Icon { name: match step.pace { Pace::Done => "circle-check", Pace::Now => "hourglass", Pace::Later => "circle" } }
                    " "
                    strong { class: if step.pace == Pace::Later { "muted" }, "{step.title}" }
                    if let Some(when) = &step.when {
                        " "
                        time { "{when}" }
                    }
                    if let Some(note) = &step.note {
                        " "
                        p { "{note}" }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_skip_the_words_in_between() {
        let cases = [("Sanne de Wit", "SW"), ("Marieke Jansen", "MJ"), ("Łukasz", "Ł"), ("", "")];
        for (name, expected) in cases {
            assert_eq!(initials(name), expected);
        }
    }

    #[test]
    fn a_status_has_an_icon_that_screen_readers_skip_and_a_word() {
        let html = dioxus_ssr::render_element(rsx! {
            Status { tone: Tone::Ok, icon: "check", "Klaar" }
        });
        assert_eq!(
            html,
            r#"<span class="status status--ok"><i class="icon icon-check" aria-hidden="true"></i> Klaar</span>"#
        );
    }
}
