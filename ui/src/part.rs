//! The smallest components of a screen, the same in the app and the console. Each is markup without behaviour.

use dioxus::prelude::*;

/// Shows a decorative icon of `icons.css`, by its name without prefix.
#[component]
pub fn Icon(name: &'static str) -> Element {
    rsx! {
        i { class: "icon icon-{name}", aria_hidden: "true" }
    }
}

/// Tone of a state or a message. An icon and words always say the same, never the colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Good or finished.
    Ok,
    /// Waiting for something.
    Wait,
    /// Gone wrong.
    Bad,
    /// Worth knowing.
    Info,
    /// The firm's own colour.
    Accent,
    /// No colour.
    Plain,
}

impl Tone {
    /// Returns the modifier of the classes `.status` and `.notice`.
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

/// Shows a small state label: an icon and a word.
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

/// Explains what a passkey is, before one is made.
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

/// Shows the initials of a person to those who see. The name stands beside it for everybody.
#[component]
pub fn Avatar(name: String) -> Element {
    rsx! {
        span { class: "avatar", aria_hidden: "true", {initials(&name)} }
    }
}

/// Returns the first letters of the first and the last word: `Sanne de Wit` gives `SW`. The style sheet makes them
/// capitals.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next();
    let last = words.next_back();
    [first, last].into_iter().flatten().filter_map(|word| word.chars().next()).collect()
}

/// Progress of a step of a [`Trail`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// The step is done.
    Done,
    /// The step is being waited for.
    Now,
    /// The step is still to come.
    Later,
}

/// One step of a [`Trail`].
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Progress of the step.
    pub pace: Pace,
    /// Sentence that says what happened or will happen.
    pub title: String,
    /// Moment of the step, as it is shown.
    pub when: Option<String>,
    /// One more sentence about the step.
    pub note: Option<String>,
}

impl Step {
    /// Makes a step without moment or note.
    pub fn new(pace: Pace, title: impl Into<String>) -> Self {
        Self { pace, title: title.into(), when: None, note: None }
    }

    /// Adds the moment when it happened.
    pub fn at(mut self, when: impl Into<String>) -> Self {
        self.when = Some(when.into());
        self
    }

    /// Adds one more sentence.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// Shows what happened and what is still to come, in order.
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
