//! What the browser shows of the page beyond its markup: title, colours, dialogs, focus and frames.

use super::{document, element, pass_over, tasks, the_window, visibility::hidden};
use futures_channel::oneshot;
use futures_util::future::select;
use model::hash::ContentHash;
use std::{cell::RefCell, pin::pin};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlDialogElement, HtmlElement};

/// Key in the browser's storage of what the page may show before the app runs.
const SHELL: &str = "akkoord.shell";

/// Milliseconds after which work goes on although nothing was painted, because nobody sees the page.
const UNPAINTED_MS: u32 = 200;

/// Stores what the page may show before the app runs next time (see `assets/boot.js`).
pub fn remember(shell: &serde_json::Value) {
    if let Some(storage) = the_window().and_then(|w| w.local_storage().ok().flatten()) {
        pass_over(storage.set_item(SHELL, &shell.to_string()));
    }
}

pub fn set_page(title: &str, language: &str) {
    if let Some(document) = document() {
        document.set_title(title);
        if let Some(root) = document.document_element() {
            pass_over(root.set_attribute("lang", language));
        }
    }
}

/// Sets the colour at once. Its shades come from the server as a style sheet, for browsers that cannot compute them.
pub fn set_accent(accent: &str) {
    let Some(document) = document() else { return };
    let root = document.document_element().and_then(|e| e.dyn_into::<HtmlElement>().ok());
    if let Some(root) = root {
        pass_over(root.style().set_property("--accent", accent));
    }
    let Some(digits) = accent.strip_prefix('#') else { return };
    if let Some(link) = element("brand") {
        pass_over(link.set_attribute("href", &format!("/api/accents/{digits}")));
    }
}

/// Returns a stored fact about the firm that was last used here.
pub(super) fn remembered(name: &str) -> Option<String> {
    let text = the_window()?.local_storage().ok()??.get_item(SHELL).ok()??;
    let known: serde_json::Value = serde_json::from_str(&text).ok()?;
    known.get(name)?.as_str().map(str::to_owned)
}

pub fn remembered_logo() -> Option<ContentHash> {
    remembered("logo")?.parse().ok()
}

pub fn set_property(id: &str, name: &str, value: &str) {
    if let Some(element) = element(id) {
        pass_over(element.style().set_property(name, value));
    }
}

pub fn show_modal(id: &str, closed: impl Fn() + 'static) {
    let Some(dialog) = element(id).and_then(|e| e.dyn_into::<HtmlDialogElement>().ok()) else { return };
    if dialog.open() {
        return;
    }
    let opener = document().and_then(|d| d.active_element()).and_then(|e| e.dyn_into::<HtmlElement>().ok());
    OPENERS.with_borrow_mut(|openers| openers.push((id.to_owned(), opener)));
    pass_over(dialog.show_modal());
    let listener = Closure::<dyn FnMut()>::new(closed);
    pass_over(dialog.add_event_listener_with_callback("close", listener.as_ref().unchecked_ref()));
    // The listener lives as long as the dialog's element.
    listener.forget();
}

thread_local! {
    /// Identifier of each open dialog, with the element that had the focus before.
    static OPENERS: RefCell<Vec<(String, Option<HtmlElement>)>> = const { RefCell::new(Vec::new()) };
}

pub fn modal_closed(id: &str) {
    let opener = OPENERS.with_borrow_mut(|openers| {
        let at = openers.iter().rposition(|(of, _)| of == id)?;
        openers.remove(at).1
    });
    let Some(opener) = opener else { return };
    wasm_bindgen_futures::spawn_local(async move {
        next_frame().await;
        let nobody = document().and_then(|d| d.active_element()).is_none_or(|e| e.tag_name() == "BODY");
        if nobody && opener.is_connected() {
            pass_over(opener.focus());
        }
    });
}

pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        pass_over(element.focus());
    }
}

pub fn focus_heading() {
    let heading = document().and_then(|d| d.query_selector("h1").ok().flatten());
    if let Some(heading) = heading.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        pass_over(heading.set_attribute("tabindex", "-1"));
        pass_over(heading.focus());
    }
    if let Some(window) = the_window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

pub async fn next_frame() {
    let (drawn, wait) = oneshot::channel::<()>();
    let callback = Closure::once_into_js(move || {
        // The caller may have stopped waiting.
        drawn.send(()).unwrap_or_default();
    });
    if let Some(window) = the_window() {
        pass_over(window.request_animation_frame(callback.unchecked_ref()));
    }
    // A hidden page draws nothing and drops the callback, which ends the wait with an error.
    wait.await.unwrap_or_default();
}

pub async fn painted() {
    let painted = async {
        next_frame().await;
        tasks::sleep(0).await;
    };
    select(select(pin!(painted), pin!(tasks::sleep(UNPAINTED_MS))), pin!(hidden())).await;
}
