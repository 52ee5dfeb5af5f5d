//! Buttons to choose files with, and sentences about files that cannot be accepted. This file never reads a file's
//! content.

use crate::{client::AttachRefusal, text::Send, view::View};
use dioxus::{html::FileData, prelude::*};
use model::attachment::MAX_BYTES;
use ui::{format, part::Icon};

/// Types that a file chooser offers. HEIC is left out, so that phones convert it.
pub const ACCEPT: &str = "application/pdf,image/jpeg,image/png";

/// Shows a button that opens the camera or the files of a device.
#[component]
pub fn FileButton(
    class: &'static str,
    icon: &'static str,
    word: String,
    label: String,
    camera: bool,
    #[props(default = true)] multiple: bool,
    #[props(default)] disabled: bool,
    /// True if the button looks like a page that is still to come.
    #[props(default)]
    boxed: bool,
    on_files: EventHandler<Vec<FileData>>,
) -> Element {
    rsx! {
        label { class,
            if boxed {
                span { class: "pages__add", Icon { name: icon } }
                "{word}"
            } else {
                Icon { name: icon }
                " {word}"
            }
            input {
                class: "sr",
                r#type: "file",
                accept: if camera { "image/*" } else { ACCEPT },
                capture: if camera { "environment" },
                multiple: multiple && !camera,
                disabled,
                aria_label: "{label}",
                onchange: move |event| {
                    let files = event.files();
                    if !files.is_empty() {
                        on_files.call(files);
                    }
                },
            }
        }
    }
}

/// Returns why a file cannot be accepted, as far as its name, type and size show.
pub fn refuse(name: &str, media_type: &str, size: u64) -> Option<AttachRefusal> {
    let ends = |ending: &str| name.to_ascii_lowercase().ends_with(ending);
    // Some systems know no type. The ending then has to do, and the client checks the bytes later.
    let known = media_type == "application/pdf"
        || media_type.starts_with("image/")
        || (media_type.is_empty() && [".pdf", ".jpg", ".jpeg", ".png", ".heic", ".heif"].into_iter().any(ends));
    match size {
        _ if !known => Some(AttachRefusal::WrongType),
        0 => Some(AttachRefusal::Empty),
        size if size > MAX_BYTES => Some(AttachRefusal::TooLarge),
        _ => None,
    }
}

/// Returns the media type that a file says it has, or that its ending shows.
pub fn media_type(file: &FileData) -> String {
    let said = file.content_type().unwrap_or_default();
    let name = file.name().to_ascii_lowercase();
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        _ if !said.is_empty() => said,
        Some("pdf") => "application/pdf".to_owned(),
        Some("jpg" | "jpeg") => "image/jpeg".to_owned(),
        Some("png") => "image/png".to_owned(),
        Some("heic" | "heif") => "image/heic".to_owned(),
        _ => said,
    }
}

/// Returns the sentence about a file that was not accepted.
pub fn sentence(view: &View, name: &str, size: u64, refusal: AttachRefusal) -> String {
    let text = Send(view.language());
    match refusal {
        AttachRefusal::Empty => text.empty(name),
        AttachRefusal::TooLarge => {
            let [size, limit] = [size, MAX_BYTES].map(|bytes| format::file_size(bytes, view.language()));
            text.too_large(name, &size, &limit)
        }
        AttachRefusal::WrongType => text.wrong_type(name),
        AttachRefusal::AlreadySent { at } => text.already(name, &view.moment(at)),
        AttachRefusal::Storage => text.storage(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_an_advisor_can_open_is_taken() {
        let cases = [
            ("a.pdf", "application/pdf", 10, None),
            ("A.JPG", "", 10, None),
            ("a.heic", "", 10, None),
            ("a.mp4", "video/mp4", 10, Some(AttachRefusal::WrongType)),
            ("a.docx", "", 10, Some(AttachRefusal::WrongType)),
            ("a.pdf", "application/pdf", 0, Some(AttachRefusal::Empty)),
            ("a.pdf", "application/pdf", MAX_BYTES, None),
            ("a.pdf", "application/pdf", MAX_BYTES + 1, Some(AttachRefusal::TooLarge)),
        ];
        for (name, media_type, size, expected) in cases {
            assert_eq!(refuse(name, media_type, size), expected, "{name}");
        }
    }
}
