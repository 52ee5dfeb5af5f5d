//! The frame in which a PDF is read, the same in the app and the console. The script of the reader (assets/reader) fills
//! it: it draws the pages, and takes every sentence that it shows from here.

use crate::{part::Icon, text::Language};
use dioxus::prelude::*;

crate::texts! {
    /// Texts of reading a PDF. A word in braces is filled in by the script.
    ReaderText {
        tools: "Lezen", "Reading";
        pages: "Pagina’s", "Pages";
        page: "Pagina {n} van {of}", "Page {n} of {of}";
        opening: "Openen…", "Opening…";
        smaller: "Kleiner", "Smaller";
        larger: "Groter", "Larger";
        find: "Zoek in het document", "Search the document";
        words: "Zoekwoorden", "Words to find";
        next: "Volgende plaats", "Next place";
        previous: "Vorige plaats", "Previous place";
        found: "{n} van {of}", "{n} of {of}";
        nothing: "Niet gevonden", "Not found";
        print: "Print", "Print";
        printing: "Afdrukken voorbereiden: pagina {n} van {of}", "Preparing to print: page {n} of {of}";
        save: "Download", "Download";
        away: "Het lezen lukt nu niet. Maak één keer verbinding met internet en probeer het opnieuw.",
            "Reading does not work now. Connect to the internet once and try again.";
        password: "Dit document is beveiligd met een wachtwoord en kan hier niet worden getoond. Vraag om een versie zonder wachtwoord.",
            "This document is protected with a password and cannot be shown here. Ask for a version without a password.";
        broken: "Dit document is beschadigd of geen PDF en kan niet worden getoond. Vraag om een nieuwe versie.",
            "This document is damaged or no PDF and cannot be shown. Ask for a new version.";
        too_many: "Dit document heeft te veel pagina’s om hier te tonen. Download het en open het met een ander programma.",
            "This document has too many pages to be shown here. Download it and open it with another program.";
        missing: "Niet alles kon worden getoond: {what}. Dit ontbreekt op pagina {pages}. Download het document om alles te zien.",
            "Not everything could be shown: {what}. It is missing on page {pages}. Download the document to see everything.";
        pictures: "een afbeelding", "a picture";
        letters: "letters", "letters";
        fields: "wat in een formulier is ingevuld", "what was filled in on a form";
    }
}

/// Shows the frame of a reader. The script is told its `id`.
#[component]
pub fn ReaderFrame(id: String, language: Language) -> Element {
    let t = ReaderText(language);
    let tool = |act: &'static str, icon: &'static str, label: &'static str| {
        rsx! {
            button { class: "btn btn--quiet btn--s btn--icon", r#type: "button", "data-do": act, aria_label: label, title: label,
                Icon { name: icon }
            }
        }
    };
    rsx! {
        div {
            class: "reader",
            id: "{id}",
            "data-opening": t.opening(),
            "data-page": t.page(),
            "data-found": t.found(),
            "data-nothing": t.nothing(),
            "data-printing": t.printing(),
            "data-away": t.away(),
            "data-password": t.password(),
            "data-broken": t.broken(),
            "data-too-many": t.too_many(),
            "data-missing": t.missing(),
            "data-pictures": t.pictures(),
            "data-letters": t.letters(),
            "data-fields": t.fields(),
            div { class: "reader__bar", role: "group", aria_label: t.tools(),
                span { class: "reader__place small muted num", "data-part": "place" }
                span { class: "reader__tools",
                    {tool("smaller", "minus", t.smaller())}
                    span { class: "reader__zoom tiny muted num", "data-part": "zoom", "100%" }
                    {tool("larger", "plus", t.larger())}
                    button {
                        class: "btn btn--quiet btn--s btn--icon",
                        r#type: "button",
                        "data-do": "find",
                        aria_label: t.find(),
                        title: t.find(),
                        aria_expanded: "false",
                        Icon { name: "search" }
                    }
                    {tool("print", "printer", t.print())}
                    {tool("save", "download", t.save())}
                }
            }
            div { class: "reader__search", "data-part": "search", hidden: true,
                input { class: "input", r#type: "search", aria_label: t.words(), autocomplete: "off" }
                span { class: "small muted num", role: "status", "data-part": "hits" }
                button {
                    class: "btn btn--quiet btn--s btn--icon",
                    r#type: "button",
                    "data-find": "previous",
                    aria_label: t.previous(),
                    Icon { name: "chevron-left" }
                }
                button {
                    class: "btn btn--quiet btn--s btn--icon",
                    r#type: "button",
                    "data-find": "next",
                    aria_label: t.next(),
                    Icon { name: "chevron-right" }
                }
            }
            p { class: "reader__state small", role: "status", "data-part": "state" }
            div {
                class: "reader__pages",
                role: "region",
                aria_label: t.pages(),
                tabindex: "0",
                "data-part": "pages",
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_finds_every_sentence_in_both_languages() {
        for language in [Language::Nl, Language::En] {
            let html = dioxus_ssr::render_element(rsx! {
                ReaderFrame { id: "lezen", language }
            });
            for name in ["opening", "page", "found", "nothing", "printing", "password", "broken", "too-many", "missing"]
            {
                assert!(html.contains(&format!("data-{name}=\"")), "{name}");
            }
        }
    }
}
