//! Text that is being typed: shown as typed, kept shortly after, and kept at
//! once when the field is left or the page is put away.

use crate::shell;
use dioxus::prelude::*;

/// How long somebody may think between two letters before they are kept.
const PAUSE_MS: u32 = 300;

/// A field's text while it is edited.
#[derive(Clone, Copy, PartialEq)]
pub struct Draft {
    typed: Signal<Option<String>>,
    turn: Signal<u64>,
    keep: Callback<Typed>,
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
    let typed = use_signal(|| None);
    let turn = use_signal(|| 0);
    let keep = use_callback(keep);
    Draft { typed, turn, keep }
}

impl Draft {
    /// What the field shows: what is being typed, else what is stored.
    pub fn shown(&self, stored: &str) -> String {
        self.typed.read().clone().unwrap_or_else(|| stored.to_owned())
    }

    /// The person typed.
    pub fn typed(mut self, text: String) {
        self.typed.set(Some(text));
        self.turn += 1;
        let mine = *self.turn.peek();
        spawn(async move {
            shell::pause(PAUSE_MS).await;
            if *self.turn.peek() == mine {
                self.hand_over(false);
            }
        });
    }

    /// The person left the field, or put the page away.
    pub fn left(mut self) {
        self.turn += 1;
        self.hand_over(true);
    }

    /// From now on the field shows what is stored.
    pub fn settle(mut self) {
        self.typed.set(None);
    }

    fn hand_over(self, left: bool) {
        let text = self.typed.peek().clone();
        if let Some(text) = text {
            self.keep.call(Typed { text, left });
        }
    }
}
