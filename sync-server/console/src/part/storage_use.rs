//! What the files of a client or of the firm take, of what they may take.

pub mod text;

use dioxus::prelude::*;
use model::language::Language;
use storage::db::Usage;
use text::StorageUse as Text;
use ui::format::file_size;

/// What files take, and the most that they may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StorageUse {
    pub used: Usage,
    pub most: Usage,
    /// True for those of the whole firm.
    pub of_firm: bool,
}

/// Renders it as a section.
pub fn section(language: Language, of: StorageUse) -> Element {
    let t = Text(language);
    let StorageUse { used, most, of_firm } = of;
    rsx! {
        section { class: "section stack-s", aria_labelledby: "opslag",
            h2 { id: "opslag", {t.title()} }
            p { class: "num", {t.used(&file_size(used.bytes, language), &file_size(most.bytes, language))} }
            p { class: "num", {t.files(used.files, most.files)} }
            p { class: "small muted", {if of_firm { t.of_firm() } else { t.of_client() }} }
        }
    }
}
