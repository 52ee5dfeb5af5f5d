//! Tests of the screen at an address that leads nowhere.

use crate::season::html;
use app::screen::NotFoundPage;
use dioxus::prelude::*;
use model::language::Language;

#[test]
fn an_address_that_leads_nowhere_leads_back() {
    let shown = html(
        |()| {
            rsx! {
                NotFoundPage { language: Language::En }
            }
        },
        (),
    );
    assert!(shown.contains("This page does not exist") && shown.contains(r#"href="/""#), "{shown}");
}
