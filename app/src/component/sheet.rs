//! A dialog that rises from the bottom of a phone, or opens in the middle of a laptop's screen.

use crate::platform::page;
use dioxus::prelude::*;
use futures_channel::mpsc::unbounded;
use futures_util::StreamExt;

/// Shows a dialog, which is open as long as it is rendered. Calls `on_close` when the person closes it without
/// choosing.
#[component]
pub fn Sheet(
    id: &'static str,
    labelled_by: &'static str,
    #[props(default)] class: String,
    on_close: EventHandler<()>,
    children: Element,
) -> Element {
    use_effect(move || {
        // The browser calls from outside of this runtime, so the event goes through a channel to a task inside.
        let (sender, mut notices) = unbounded::<()>();
        page::show_modal(id, move || drop(sender.unbounded_send(())));
        spawn(async move {
            while notices.next().await.is_some() {
                on_close.call(());
            }
        });
    });
    use_drop(move || page::modal_closed(id));
    rsx! {
        dialog { class: "sheet {class}", id, aria_labelledby: labelled_by, {children} }
    }
}
