//! Text that is being typed: shown as typed, kept shortly after, and kept at
//! once when the field is left or the page is put away. A field with a name
//! also has each letter jotted down on the device, so that it is there again
//! after a browser was killed.

use crate::{client::Client, platform::tasks};
use dioxus::prelude::*;

/// How long somebody may think between two letters before they are kept.
const PAUSE_MS: u32 = 300;

/// A field's text while it is edited.
#[derive(Clone, Copy, PartialEq)]
pub struct Draft {
    typed: Signal<Option<String>>,
    turn: Signal<u64>,
    keep: Callback<Typed>,
    jot: Callback<String>,
}

/// What was typed, and whether the field was left.
#[derive(Debug, Clone, PartialEq)]
pub struct Typed {
    /// The text.
    pub text: String,
    /// The person is done with it: only now it may be called wrong.
    pub left: bool,
}

/// A draft that hands what is typed to `keep`.
pub fn use_draft(keep: impl FnMut(Typed) + 'static) -> Draft {
    use_jotted_draft(None, keep)
}

/// The same, with each letter jotted down where there is a name to do so under.
/// What a killed browser left there is handed over as if it was typed now.
pub fn use_jotted_draft(name: Option<String>, keep: impl FnMut(Typed) + 'static) -> Draft {
    let jots = name.zip(try_consume_context::<Client>());
    let left = jots.as_ref().map(|(name, client)| client.draft(name)).filter(|text| !text.is_empty());
    let typed = use_signal(|| left.clone());
    let turn = use_signal(|| 0);
    let keep = use_callback(keep);
    let jot = use_callback(move |text: String| {
        if let Some((name, client)) = &jots {
            if text.is_empty() { client.forget_jot(name) } else { client.jot(name, &text) }
        }
    });
    let draft = Draft { typed, turn, keep, jot };
    use_effect(move || {
        if typed.peek().is_some() {
            draft.hand_over(false);
        }
    });
    draft
}

impl Draft {
    /// What the field shows: what is being typed, else what is stored.
    pub fn shown(&self, stored: &str) -> String {
        self.typed.read().clone().unwrap_or_else(|| stored.to_owned())
    }

    /// The person typed.
    pub fn typed(mut self, text: String) {
        self.jot.call(text.clone());
        self.typed.set(Some(text));
        self.turn += 1;
        let mine = *self.turn.peek();
        spawn(async move {
            tasks::sleep(PAUSE_MS).await;
            if *self.turn.peek() == mine {
                self.hand_over(false);
            }
        });
    }

    /// The person goes on, but what there is so far is handed over now.
    pub fn paused(mut self) {
        self.turn += 1;
        self.hand_over(false);
    }

    /// The person left the field, or put the page away.
    pub fn left(mut self) {
        self.turn += 1;
        self.hand_over(true);
    }

    /// What was typed is kept as what it is: it need not be jotted down any more.
    pub fn kept(self) {
        self.jot.call(String::new());
    }

    /// What is being typed, if anything.
    pub fn text(&self) -> Option<String> {
        self.typed.read().clone()
    }

    /// The same, without being told when it changes.
    pub fn peek(&self) -> Option<String> {
        self.typed.peek().clone()
    }

    /// From now on the field shows what is stored.
    pub fn settle(mut self) {
        self.typed.set(None);
    }

    fn hand_over(self, left: bool) {
        if let Some(text) = self.peek() {
            self.keep.call(Typed { text, left });
        }
    }
}
