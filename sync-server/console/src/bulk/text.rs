//! The texts of the pages about actions for many clients.

use dossiers::bulk::Reason;
use storage::db::BulkAction;

ui::texts! {
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
        take_out: "Download documenten", "Download documents";
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
