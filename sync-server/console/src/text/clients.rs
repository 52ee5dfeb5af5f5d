//! The console's texts about the filters of the table of clients, about actions for many
//! clients, about changing a client, and about the report of the season.

use crate::view::choice::News;
use dossiers::bulk::Reason;
use storage::db::BulkAction;

ui::texts! {
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
    /// Texts of actions for many clients.
    Bulk {
        with_chosen: "Met de gekozen klanten", "With the chosen clients";
        chosen_template: "# gekozen", "# chosen";
        all_that_fit(n: usize): "de {n} klant die past" | "alle {n} klanten die passen", "the {n} client that fits" | "all {n} clients that fit";
        choose(name: &str): "Kies {name}", "Choose {name}";
        choose_page: "Kies alle klanten op deze pagina", "Choose all clients on this page";
        invite: "Uitnodigen", "Invite";
        checklist: "Checklist klaarzetten", "Set out checklist";
        remind: "Herinneren", "Remind";
        documents: "Documenten vragen", "Ask for documents";
        nobody: "Kies eerst een of meer klanten.", "Choose one or more clients first.";
        lead(n: usize, year: i16): "{n} klant, belastingjaar {year}" | "{n} klanten, belastingjaar {year}", "{n} client, tax year {year}" | "{n} clients, tax year {year}";
        will: "Gaat mee", "Goes along";
        left_out: "Slaan we over", "Left out";
        was_done: "Gedaan", "Done";
        and_more(n: usize): "en nog {n}" | "en nog {n}", "and {n} more" | "and {n} more";
        nobody_left: "Niemand blijft over. Er is niets te doen.", "Nobody is left. There is nothing to do.";
        template: "Checklist", "Checklist";
        template_missing: "Kies een checklist.", "Choose a checklist.";
        no_template(year: i16): "Voor {year} is er geen checklist.", "There is no checklist for {year}.";
        look_again: "Kijk opnieuw wie meegaat", "See again who goes along";
        prefill: "Met de antwoorden van vorig jaar als voorstel", "With last year's answers proposed";
        due: "Graag voor", "Please by";
        due_hint: "mag leeg blijven", "may stay empty";
        items: "Welke documenten?", "Which documents?";
        items_hint: "één per regel, met het jaar erbij", "one per line, with the year";
        items_missing: "Vul in welke documenten u wilt hebben.", "Fill in which documents you want.";
        items_malformed: "Hooguit 30 regels van elk 120 tekens.", "At most 30 lines of 120 characters each.";
        day_malformed: "Dit is geen datum.", "This is not a date.";
        start_invite(n: usize): "Nodig {n} klant uit" | "Nodig {n} klanten uit", "Invite {n} client" | "Invite {n} clients";
        start_checklist(n: usize): "Zet klaar voor {n} klant" | "Zet klaar voor {n} klanten", "Set out for {n} client" | "Set out for {n} clients";
        start_remind(n: usize): "Herinner {n} klant" | "Herinner {n} klanten", "Remind {n} client" | "Remind {n} clients";
        start_documents(n: usize): "Vraag {n} klant" | "Vraag {n} klanten", "Ask {n} client" | "Ask {n} clients";
        cancel: "Terug naar de klanten", "Back to the clients";
        running: "U kunt deze pagina verlaten: het gaat door, en hier ziet u hoever het is.", "You can leave this page: it goes on, and here you see how far it is.";
        progress(done: usize, all: usize): "{done} van {all} klanten" | "{done} van {all} klanten", "{done} of {all} clients" | "{done} of {all} clients";
        refresh: "Ververs", "Refresh";
        is_done: "Klaar", "Done";
        archived: "staat in het archief", "is in the archive";
        blocked: "is geblokkeerd", "is blocked";
        registered: "iedereen heeft al een login", "everybody has a login already";
        no_mail: "geen bruikbaar e-mailadres", "no usable e-mail address";
        just_invited: "minder dan een uur geleden uitgenodigd", "invited less than an hour ago";
        set_out: "deze checklist staat al klaar", "this checklist is set out already";
        nothing_open: "er staat niets open", "nothing is open";
        mailed_today: "kreeg vandaag al een mail", "had a mail today already";
        unwanted: "wil geen herinneringen", "wants no reminders";
        failed: "het lukte niet; probeer het in het dossier", "it did not work; try it in the dossier";
    }
    /// Texts of the page that changes a client.
    EditClient {
        title: "Klant bewerken", "Edit client";
        edit: "Bewerk klant", "Edit client";
        number: "Klantnummer", "Client number";
        name: "Naam van het dossier", "Name of the dossier";
        advisor: "Adviseur", "Advisor";
        advisor_unknown: "Kies een adviseur van uw kantoor.", "Choose an advisor of your firm.";
        tags: "Labels", "Tags";
        tags_hint: "met komma's ertussen", "with commas between";
        tags_malformed: "Hooguit 20 labels van elk 40 tekens.", "At most 20 tags of 40 characters each.";
        save: "Bewaar", "Save";
        cancel: "Terug naar het dossier", "Back to the dossier";
        access: "Toegang", "Access";
        block_lead: "Niemand van deze klant kan nog inloggen, en wie is ingelogd, wordt uitgelogd. Het dossier blijft zoals het is, ook wat zij nog niet hadden verstuurd blijft op hun apparaat.", "Nobody of this client can log in any more, and who is logged in is logged out. The dossier stays as it is; what they had not sent yet stays on their device.";
        block: "Blokkeer deze klant", "Block this client";
        blocked_since(at: &str): "Geblokkeerd sinds {at}.", "Blocked since {at}.";
        unblock: "Geef weer toegang", "Give access again";
        archive: "Archief", "Archive";
        archive_lead: "De klant verdwijnt uit de tabel en de cijfers. U vindt het dossier terug onder Meer filters, Archief.", "The client disappears from the table and the figures. You find the dossier under More filters, Archive.";
        put_aside: "Zet in het archief", "Put in the archive";
        archived_since(at: &str): "In het archief sinds {at}.", "In the archive since {at}.";
        take_back: "Haal terug", "Take back";
    }
    /// Texts of events that concern a client as a whole, for the time line.
    ClientHappened {
        changed(who: &str): "{who} wijzigde de gegevens van de klant", "{who} changed the client's data";
        blocked(who: &str): "{who} blokkeerde de klant", "{who} blocked the client";
        unblocked(who: &str): "{who} gaf de klant weer toegang", "{who} gave the client access again";
        archived(who: &str): "{who} zette de klant in het archief", "{who} put the client in the archive";
        taken_back(who: &str): "{who} haalde de klant terug uit het archief", "{who} took the client back from the archive";
    }
    /// Texts of the report of a season.
    Report {
        title(year: i16): "Seizoen {year}", "Season {year}";
        lead: "Hoeveel klanten per week zover waren.", "How many clients were that far, per week.";
        link: "Bekijk het verloop", "See the course";
        csv: "Download CSV", "Download CSV";
        week: "Week tot en met", "Week up to";
        registered: "Geregistreerd", "Registered";
        handed_in: "Checklist ingeleverd", "Checklist handed in";
        drafted: "Concept klaargezet", "Draft set out";
        approved: "Eerste akkoord", "First approval";
        filed: "Verstuurd", "Filed";
        chart: "Grafiek van het aantal klanten per week; dezelfde getallen staan in de tabel eronder", "Chart of the number of clients per week; the same figures are in the table below";
        nothing: "Er is in dit seizoen nog niets gebeurd.", "Nothing has happened in this season yet.";
        to_do: "Nu te doen", "To do now";
        overdue: "Te laat", "Overdue";
        overdue_sub: "klanten met een verlopen datum", "clients with a date that passed";
        to_file: "Klaar om te versturen", "Ready to file";
        waiting: "Wacht op u", "Waiting for you";
        waiting_sub: "klanten", "clients";
        whose: "Van wie", "Whose";
        mine: "Mijn klanten", "My clients";
        all: "Heel kantoor", "Whole firm";
        of_clients(n: usize): "van {n} klant" | "van {n} klanten", "of {n} client" | "of {n} clients";
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

impl Bulk {
    /// Returns the name of an action.
    pub fn action(self, action: BulkAction) -> &'static str {
        match action {
            BulkAction::Invite => self.invite(),
            BulkAction::Checklist => self.checklist(),
            BulkAction::Remind => self.remind(),
            BulkAction::Documents => self.documents(),
        }
    }

    /// Returns the text of the button that starts an action.
    pub fn start(self, action: BulkAction, clients: usize) -> String {
        match action {
            BulkAction::Invite => self.start_invite(clients),
            BulkAction::Checklist => self.start_checklist(clients),
            BulkAction::Remind => self.start_remind(clients),
            BulkAction::Documents => self.start_documents(clients),
        }
    }

    /// Returns the words for the reason why a client is left out.
    pub fn reason(self, reason: Reason) -> &'static str {
        match reason {
            Reason::Archived => self.archived(),
            Reason::Blocked => self.blocked(),
            Reason::Registered => self.registered(),
            Reason::NoMail => self.no_mail(),
            Reason::JustInvited => self.just_invited(),
            Reason::SetOut => self.set_out(),
            Reason::NothingOpen => self.nothing_open(),
            Reason::MailedToday => self.mailed_today(),
            Reason::Unwanted => self.unwanted(),
            Reason::Failed => self.failed(),
        }
    }
}
