//! Small pictures of photographs. It never downloads one: a file that is not on this device, or is not a photograph,
//! has an icon.

use crate::{client::Client, platform::window, schedule};
use dioxus::prelude::*;
use model::{hash::ContentHash, id::ClientId};
use ui::part::Icon;

/// Returns true if browsers show files of this type as a picture.
pub fn is_picture(media_type: &str) -> bool {
    matches!(media_type, "image/jpeg" | "image/png")
}

/// Shows the picture at the start of an item, or the icon as long as there is none.
#[component]
pub fn Thumb(url: Option<String>, icon: &'static str) -> Element {
    match url {
        Some(url) => rsx! {
            img { class: "thumb", src: "{url}", alt: "", decoding: "async" }
        },
        None => rsx! {
            span { class: "item__icon item__icon--plain", Icon { name: icon } }
        },
    }
}

/// Shows the picture of a file that was given.
#[component]
pub fn GivenThumb(of: ClientId, hash: ContentHash, media_type: String, icon: &'static str) -> Element {
    let client = try_consume_context::<Client>();
    let mut url = use_signal(|| None::<String>);
    use_effect(use_reactive!(|(of, hash, media_type)| {
        let Some(client) = client.clone().filter(|_| is_picture(&media_type)) else { return };
        spawn(async move {
            let read = async move {
                match client.is_stored(&hash).await {
                    true => client.file(of, hash).await.ok(),
                    false => None,
                }
            };
            let Some(Some(bytes)) = schedule::run_to_end(read).await else { return };
            forget(url.replace(window::show_bytes(&bytes, &media_type)));
        });
    }));
    use_drop(move || forget(url.take()));
    rsx! {
        Thumb { url: url.read().clone(), icon }
    }
}

/// Frees the memory of a picture.
pub fn forget(url: Option<String>) {
    if let Some(url) = url {
        window::forget_bytes(&url);
    }
}
