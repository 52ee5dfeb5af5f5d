//! The browser. A piece of it that is missing is never an error here: the
//! screen works on without a title, a focus or an accent colour.

use super::place::Place;
use crate::client::{Client, DeviceStore, platform::Network};
use futures_channel::oneshot;
use js_sys::{Array, Uint8Array};
use model::hash::ContentHash;
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Blob, BlobPropertyBag, Document, Event, HtmlDialogElement, HtmlElement, Url, Window};

/// Where the painted shell finds what it may show.
const SHELL: &str = "akkoord.shell";

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// The client of this device.
pub fn client() -> Client {
    Client::start_soon(Network::new(), DeviceStore::open())
}

/// Loads the page again.
pub fn reload() {
    if let Some(window) = window() {
        set(window.location().reload());
    }
}

/// Leaves the app for another page of the server.
pub fn go(path: &str) {
    if let Some(window) = window() {
        set(window.location().assign(path));
    }
}

/// Shows an address of [`show_bytes`] in a tab of its own.
pub fn open_address(url: &str) {
    if let Some(window) = window() {
        // A browser that refuses has said so itself.
        drop(window.open_with_url_and_target(url, "_blank"));
    }
}

/// Changes to the newest version of the app, which loads the page again.
pub fn update() {
    if !update_is_ready() {
        return reload();
    }
    if let (Some(window), Ok(event)) = (window(), Event::new("akkoord-activate")) {
        set(window.dispatch_event(&event));
    }
}

/// Whether a newer version waits to take over (see `assets/boot.js`).
pub fn update_is_ready() -> bool {
    let root = document().and_then(|d| d.document_element());
    root.and_then(|r| r.get_attribute("data-update")).as_deref() == Some("ready")
}

/// Calls `ready` when a newer version waits to take over.
pub fn on_update(ready: impl Fn() + 'static) {
    let Some(window) = window() else { return };
    let listener = Closure::<dyn FnMut()>::new(ready);
    set(window.add_event_listener_with_callback("akkoord-update", listener.as_ref().unchecked_ref()));
    // Lives as long as the page.
    listener.forget();
}

/// Calls `used` whenever somebody touches the page or types.
pub fn on_use(used: impl Fn() + 'static) {
    let Some(window) = window() else { return };
    let listener = Closure::<dyn FnMut()>::new(used);
    for event in ["pointerdown", "keydown"] {
        set(window.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref()));
    }
    // Lives as long as the page.
    listener.forget();
}

/// What the painted shell may show before the app runs (see `assets/boot.js`).
pub fn remember(shell: &serde_json::Value) {
    if let Some(storage) = window().and_then(|w| w.local_storage().ok().flatten()) {
        set(storage.set_item(SHELL, &shell.to_string()));
    }
}

/// What stands behind `#` in the address. It never reaches a server.
pub fn fragment() -> Option<String> {
    let hash = window()?.location().hash().ok()?;
    hash.strip_prefix('#').filter(|f| !f.is_empty()).map(str::to_owned)
}

/// Puts something behind `#` in the address, without going anywhere.
pub fn set_fragment(fragment: &str) {
    let Some(history) = window().and_then(|w| w.history().ok()) else { return };
    let state = history.state().unwrap_or_default();
    set(history.replace_state_with_url(&state, "", Some(&format!("#{fragment}"))));
}

/// Another link followed in this tab changes only what is behind `#`, which
/// no router notices: the page then starts afresh with the new one.
pub fn reload_on_new_fragment() {
    let Some(window) = window() else { return };
    let path = window.location().pathname().ok();
    let changed = move || {
        if self::window().and_then(|w| w.location().pathname().ok()) == path {
            reload();
        }
    };
    let listener = Closure::<dyn FnMut()>::new(changed);
    set(window.add_event_listener_with_callback("hashchange", listener.as_ref().unchecked_ref()));
    // Lives as long as the page.
    listener.forget();
}

/// Names the page and its language.
pub fn set_page(title: &str, language: &str) {
    if let Some(document) = document() {
        document.set_title(title);
        if let Some(root) = document.document_element() {
            set(root.set_attribute("lang", language));
        }
    }
}

/// Wears the firm's colour (`#rrggbb`): at once, and with all that becomes of
/// it as soon as the server said that, for browsers that cannot work it out.
pub fn set_accent(accent: &str) {
    let Some(document) = document() else { return };
    let root = document.document_element().and_then(|e| e.dyn_into::<HtmlElement>().ok());
    if let Some(root) = root {
        set(root.style().set_property("--accent", accent));
    }
    let Some(digits) = accent.strip_prefix('#') else { return };
    if let Some(link) = element("brand") {
        set(link.set_attribute("href", &format!("/api/accents/{digits}")));
    }
}

/// The logo that the shell remembers: of the firm that was here last.
pub fn remembered_logo() -> Option<ContentHash> {
    let text = window()?.local_storage().ok()??.get_item(SHELL).ok()??;
    let known: serde_json::Value = serde_json::from_str(&text).ok()?;
    known.get("logo")?.as_str()?.parse().ok()
}

/// Sets a custom property of one element.
pub fn set_property(id: &str, name: &str, value: &str) {
    if let Some(element) = element(id) {
        set(element.style().set_property(name, value));
    }
}

/// Opens a `<dialog>` above the page, where it keeps the focus. `closed` is
/// called when the person closes it with Escape or the back gesture.
pub fn show_modal(id: &str, closed: impl Fn() + 'static) {
    let Some(dialog) = element(id).and_then(|e| e.dyn_into::<HtmlDialogElement>().ok()) else { return };
    if dialog.open() {
        return;
    }
    let opener = document().and_then(|d| d.active_element()).and_then(|e| e.dyn_into::<HtmlElement>().ok());
    OPENERS.with_borrow_mut(|openers| openers.push((id.to_owned(), opener)));
    set(dialog.show_modal());
    let listener = Closure::<dyn FnMut()>::new(closed);
    set(dialog.add_event_listener_with_callback("close", listener.as_ref().unchecked_ref()));
    // Lives as long as the dialog's element.
    listener.forget();
}

thread_local! {
    /// Per open dialog what had the focus before.
    static OPENERS: RefCell<Vec<(String, Option<HtmlElement>)>> = const { RefCell::new(Vec::new()) };
}

/// A dialog of [`show_modal`] goes. What had the focus before gets it back,
/// unless something else took it.
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
            set(opener.focus());
        }
    });
}

/// Moves the focus to an element.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        set(element.focus());
    }
}

/// Moves the focus to the page's `h1`, so that a screen reader reads it, and
/// shows the top of the page.
pub fn focus_heading() {
    let heading = document().and_then(|d| d.query_selector("h1").ok().flatten());
    if let Some(heading) = heading.and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        set(heading.set_attribute("tabindex", "-1"));
        set(heading.focus());
    }
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// An address under which the browser can show these bytes.
pub fn show_bytes(bytes: &[u8], media_type: &str) -> Option<String> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// Gives somebody a file to keep, as a download.
pub fn save_bytes(bytes: &[u8], media_type: &str, name: &str) {
    let Some(url) = show_bytes(bytes, media_type) else { return };
    let link = document().and_then(|d| d.create_element("a").ok()).and_then(|e| e.dyn_into::<HtmlElement>().ok());
    if let Some(link) = link {
        set(link.set_attribute("href", &url));
        set(link.set_attribute("download", name));
        link.click();
    }
    // The browser reads the bytes after the click.
    wasm_bindgen_futures::spawn_local(async move {
        pause(60_000).await;
        forget_bytes(&url);
    });
}

/// Gives the memory behind an address of [`show_bytes`] back.
pub fn forget_bytes(url: &str) {
    set(Url::revoke_object_url(url));
}

/// What kind of window this is.
pub fn place() -> Place {
    let Some(window) = window() else { return Place::Browser };
    let has_passkeys =
        js_sys::Reflect::get(&window, &JsValue::from_str("PublicKeyCredential")).is_ok_and(|v| !v.is_undefined());
    Place::of(&window.navigator().user_agent().unwrap_or_default(), has_passkeys)
}

/// The whole address of this page, with what stands behind `#`.
pub fn address() -> String {
    window().and_then(|w| w.location().href().ok()).unwrap_or_default()
}

/// Puts a text on the clipboard. Whether that worked.
pub async fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    wasm_bindgen_futures::JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}

/// Waits.
pub async fn pause(milliseconds: u32) {
    gloo_timers::future::TimeoutFuture::new(milliseconds).await;
}

/// When the page is put away, the field somebody is typing in is told as if
/// it was left, so that the last letters are kept; and who waits for that
/// moment ([`put_away`]) goes on.
pub fn keep_typing_when_hidden() {
    let (Some(page), Some(window)) = (document(), window()) else { return };
    let put_away = move |event: Event| {
        let is_away = event.type_() == "pagehide" || document().is_some_and(|page| page.hidden());
        IS_AWAY.set(is_away);
        let active = document().filter(|_| is_away).and_then(|page| page.active_element());
        // A choice or a chosen file was told when it was made.
        let typing = active.filter(|field| field.matches(":read-write") == Ok(true));
        let event = Event::new_with_event_init_dict("change", &bubbling());
        if let (Some(active), Ok(event)) = (typing, event) {
            set(active.dispatch_event(&event));
        }
        if is_away {
            for waiting in AWAITING.take() {
                // Nobody may be waiting any more.
                waiting.send(()).unwrap_or_default();
            }
        }
    };
    let listener = Closure::<dyn FnMut(Event)>::new(put_away);
    set(page.add_event_listener_with_callback("visibilitychange", listener.as_ref().unchecked_ref()));
    set(window.add_event_listener_with_callback("pagehide", listener.as_ref().unchecked_ref()));
    // Lives as long as the page.
    listener.forget();
}

thread_local! {
    /// Whether the page was put away and is not back yet.
    static IS_AWAY: Cell<bool> = const { Cell::new(false) };
    /// Who wants to know that the page is put away.
    static AWAITING: RefCell<Vec<oneshot::Sender<()>>> = const { RefCell::new(Vec::new()) };
}

/// Waits until the page is put away.
pub async fn put_away() {
    if IS_AWAY.get() {
        return;
    }
    let (tell, told) = oneshot::channel();
    AWAITING.with_borrow_mut(|waiting| {
        waiting.retain(|one| !one.is_canceled());
        waiting.push(tell);
    });
    told.await.unwrap_or_default();
}

fn bubbling() -> web_sys::EventInit {
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    init
}

/// Waits until the browser has drawn what was last changed.
pub async fn next_frame() {
    let (drawn, wait) = oneshot::channel::<()>();
    let callback = Closure::once_into_js(move || {
        // Nobody may be waiting any more.
        drawn.send(()).unwrap_or_default();
    });
    if let Some(window) = window() {
        set(window.request_animation_frame(callback.unchecked_ref()));
    }
    // A page that is put away draws nothing and drops the call.
    wait.await.unwrap_or_default();
}

fn set<T>(result: Result<T, JsValue>) {
    // See the head of this file.
    drop(result);
}
