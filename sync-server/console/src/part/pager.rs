//! The links between the pages of a long table.

use dioxus::prelude::*;
use model::language::Language;
use ui::part::Icon;

ui::texts! {
    /// Texts of the links between pages.
    Pager {
        page(page: usize, pages: usize): "Pagina {page} van {pages}", "Page {page} of {pages}";
        previous: "Vorige", "Previous";
        next: "Volgende", "Next";
    }
}

/// Renders the links from one page of a table to the pages beside it, if there are several. `to` gives the address of a page.
pub fn pager(language: Language, page: usize, pages: usize, to: impl Fn(usize) -> String) -> Element {
    let t = Pager(language);
    rsx! {
        if pages > 1 {
            nav { class: "toolbar", aria_label: "{t.page(page, pages)}",
                if page > 1 {
                    a { class: "btn", href: to(page - 1), Icon { name: "chevron-left" } " " {t.previous()} }
                }
                p { class: "small muted", {t.page(page, pages)} }
                if page < pages {
                    a { class: "btn", href: to(page + 1), {t.next()} " " Icon { name: "chevron-right" } }
                }
            }
        }
    }
}
