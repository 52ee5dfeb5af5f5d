//! The texts of the table of clients.

use crate::part::choice::News;

ui::texts! {
    /// Texts of the table of clients.
    Clients {
        title: "Klanten", "Clients";
        add: "Klant toevoegen", "Add client";
        export: "Download CSV", "Download CSV";
        filter: "Filter op fase", "Filter by stage";
        all: "Alle", "All";
        attention_only: "Vraagt aandacht", "Needs attention";
        search: "Zoek een klant", "Find a client";
        search_hint: "Naam, klantnummer of e-mail", "Name, client number or e-mail";
        search_button: "Zoek", "Find";
        clear: "Wis", "Clear";
        caption(year: i16): "Klanten met hun status voor belastingjaar {year}", "Clients with their status for tax year {year}";
        client: "Klant", "Client";
        number: "Nummer", "Number";
        stage(year: i16): "Fase {year}", "Stage {year}";
        checklist: "Checklist", "Checklist";
        attention: "Aandacht", "Attention";
        active: "Actief", "Active";
        empty: "Nog geen klanten. Voeg er een toe.", "No clients yet. Add one.";
        none_found: "Geen klant past bij deze keuze.", "No client fits this choice.";
    }
    /// Texts of the filters of the table.
    Filters {
        more: "Meer filters", "More filters";
        apply: "Pas toe", "Apply";
        advisor: "Adviseur", "Advisor";
        everybody: "Adviseur: iedereen", "Advisor: everybody";
        tag: "Label", "Tag";
        all_tags: "Label: alle", "Tag: all";
        shown: "Toon", "Show";
        present: "Klanten van nu", "Present clients";
        archived: "Archief", "Archive";
        blocked: "Geblokkeerd", "Blocked";
        is_archived: "Gearchiveerd", "Archived";
        is_blocked: "Geblokkeerd", "Blocked";
        overdue: "Alleen klanten bij wie iets al klaar had moeten zijn", "Only clients with something overdue";
        mail_failed: "Alleen klanten aan wie een mail niet kon worden bezorgd", "Only clients to whom a mail could not be delivered";
        to_file: "Alleen klanten van wie de aangifte klaar is om te versturen", "Only clients whose return is ready to file";
        news_approval: "Alleen klanten die sinds gisteren akkoord gaven", "Only clients who approved since yesterday";
        news_checklist: "Alleen klanten die sinds gisteren een checklist inleverden", "Only clients who handed in a checklist since yesterday";
        news_document: "Alleen klanten die sinds gisteren documenten stuurden", "Only clients who sent documents since yesterday";
        news_message: "Alleen klanten die sinds gisteren iets vroegen", "Only clients who asked something since yesterday";
    }
}

impl Filters {
    /// Returns the name of a kind of news.
    pub fn news(self, news: News) -> &'static str {
        match news {
            News::Approval => self.news_approval(),
            News::Checklist => self.news_checklist(),
            News::Document => self.news_document(),
            News::Message => self.news_message(),
        }
    }
}
