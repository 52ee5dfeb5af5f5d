//! A dialog that rises from the bottom of a phone, in the middle of a laptop.

use crate::platform::page;
use dioxus::prelude::*;
use futures_channel::mpsc::unbounded;
use futures_util::StreamExt;

/// An open dialog; it is there as long as it is rendered. `on_close` is
/// called when the person closes it without choosing.
#[component]
pub fn Sheet(
    id: &'static str,
    labelled_by: &'static str,
    #[props(default)] class: String,
    on_close: EventHandler<()>,
    children: Element,
) -> Element {
    use_effect(move || {
        // The browser calls outside of this runtime; the channel brings the
        // news inside.
        let (told, mut news) = unbounded::<()>();
        page::show_modal(id, move || drop(told.unbounded_send(())));
        spawn(async move {
            while news.next().await.is_some() {
                on_close.call(());
            }
        });
    });
    use_drop(move || page::modal_closed(id));
    rsx! {
        dialog { class: "sheet {class}", id, aria_labelledby: labelled_by, {children} }
    }
}
