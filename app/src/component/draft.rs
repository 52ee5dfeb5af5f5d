//! Text that is being typed. It is shown as typed, saved shortly after, and saved at once when the field is left or
//! the page is hidden. If the field has a name, each letter is also autosaved on the device, so that the text is there
//! again after the browser was killed.

use crate::{client::Client, platform::tasks};
use dioxus::prelude::*;
use model::text::Shape;

/// Milliseconds without a letter after which the text is saved.
const PAUSE_MS: u32 = 300;

/// The text of a field while it is edited.
#[derive(Clone, Copy, PartialEq)]
pub struct Draft {
    typed: Signal<Option<String>>,
    turn: Signal<u64>,
    keep: Callback<DraftText>,
    autosave: Callback<String>,
}

/// A text that was typed, and whether the field was left.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftText {
    /// The text itself.
    pub text: String,
    /// True if the person has left the field. Only then may the text be called wrong.
    pub left: bool,
}

/// Makes a draft that passes what is typed to `keep`.
pub fn use_draft(keep: impl FnMut(DraftText) + 'static) -> Draft {
    use_autosaved_draft(None, keep)
}

/// Makes a draft that is also autosaved letter by letter, if there is a name to save it under. What a killed browser
/// left there is passed on as if it was typed now.
pub fn use_autosaved_draft(name: Option<String>, keep: impl FnMut(DraftText) + 'static) -> Draft {
    let saved_under = name.zip(try_consume_context::<Client>());
    let left = saved_under.as_ref().map(|(name, client)| client.draft(name)).filter(|text| !text.is_empty());
    let typed = use_signal(|| left.clone());
    let turn = use_signal(|| 0);
    let keep = use_callback(keep);
    let autosave = use_callback(move |text: String| {
        if let Some((name, client)) = &saved_under {
            if text.is_empty() { client.end_autosave(name) } else { client.autosave(name, &text) }
        }
    });
    let draft = Draft { typed, turn, keep, autosave };
    use_effect(move || {
        if typed.peek().is_some() {
            draft.pass_on(false);
        }
    });
    draft
}

impl Draft {
    /// Returns what the field shows: the text being typed, or else the stored one.
    pub fn shown(&self, stored: &str) -> String {
        self.typed.read().clone().unwrap_or_else(|| stored.to_owned())
    }

    /// Takes what the person typed.
    pub fn typed(mut self, text: String) {
        // A pasted character that no text has is left out, because no server takes it.
        let text = Shape::Text.clean(&text).into_owned();
        self.autosave.call(text.clone());
        self.typed.set(Some(text));
        self.turn += 1;
        let mine = *self.turn.peek();
        spawn(async move {
            tasks::sleep(PAUSE_MS).await;
            if *self.turn.peek() == mine {
                self.pass_on(false);
            }
        });
    }

    /// Passes on the text so far, although the person has not left the field.
    pub fn paused(mut self) {
        self.turn += 1;
        self.pass_on(false);
    }

    /// Passes on the text, because the person left the field or hid the page.
    pub fn left(mut self) {
        self.turn += 1;
        self.pass_on(true);
    }

    /// Ends the autosave, because the text is now saved as an answer.
    pub fn saved(self) {
        self.autosave.call(String::new());
    }

    /// Returns the text being typed, if there is one.
    pub fn text(&self) -> Option<String> {
        self.typed.read().clone()
    }

    /// Returns the text being typed without subscribing to its changes.
    pub fn peek(&self) -> Option<String> {
        self.typed.peek().clone()
    }

    /// Makes the field show what is stored from now on.
    pub fn show_stored(mut self) {
        self.typed.set(None);
    }

    fn pass_on(self, left: bool) {
        if let Some(text) = self.peek() {
            self.keep.call(DraftText { text, left });
        }
    }
}
