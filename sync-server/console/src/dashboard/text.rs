//! The texts of the dashboard.

ui::texts! {
    /// Texts of the dashboard.
    Dashboard {
        morning(name: &str): "Goedemorgen, {name}", "Good morning, {name}";
        afternoon(name: &str): "Goedemiddag, {name}", "Good afternoon, {name}";
        evening(name: &str): "Goedenavond, {name}", "Good evening, {name}";
        came_in: "Binnengekomen sinds gisteren", "Came in since yesterday";
        approvals: "Akkoord", "Approvals";
        checklists: "Checklists", "Checklists";
        documents: "Documenten", "Documents";
        messages: "Vragen", "Questions";
        season(year: i16): "Seizoen {year}", "Season {year}";
        clients(n: usize): "{n} klant" | "{n} klanten", "{n} client" | "{n} clients";
        invited: "Uitgenodigd", "Invited";
        registered: "Geregistreerd", "Registered";
        checklist_done: "Checklist compleet", "Checklist complete";
        draft_done: "Concept klaargezet", "Draft set out";
        approved: "Akkoord gegeven", "Approved";
        to_invite(n: usize): "{n} uitnodigen" | "{n} uitnodigen", "{n} to invite" | "{n} to invite";
        not_registered(n: usize): "{n} nog niet" | "{n} nog niet", "{n} not yet" | "{n} not yet";
        busy(n: usize): "{n} bezig" | "{n} bezig", "{n} under way" | "{n} under way";
        to_make(n: usize): "{n} te maken" | "{n} te maken", "{n} to make" | "{n} to make";
        waiting(n: usize): "{n} wacht" | "{n} wachten", "{n} waiting" | "{n} waiting";
        waits_for_you: "Wacht op u", "Waiting for you";
        all_of_them: "Alles bekijken", "See all";
        failed_mails(n: u32): "{n} mail kon niet worden bezorgd." | "{n} mails konden niet worden bezorgd.", "{n} mail could not be delivered." | "{n} mails could not be delivered.";
        failed_mails_look: "Bekijk welke en wat u kunt doen", "See which and what you can do";
        setbacks(n: usize): "{n} ding lukte de server niet." | "{n} dingen lukten de server niet.", "The server could not do {n} thing." | "The server could not do {n} things.";
        setbacks_look: "Bekijk wat", "See what";
        nothing_waits: "Er wacht niets op u.", "Nothing is waiting for you.";
        look: "Bekijk", "Look";
        ready: "Klaar om te versturen", "Ready to file";
        none_ready: "Nog geen aangifte heeft van iedereen akkoord.", "No return has everybody's approval yet.";
        everybody: "Iedereen akkoord", "Everybody approved";
        latest: "Laatste gebeurtenissen", "Latest events";
        nothing_yet: "Nog niets. Voeg een klant toe en nodig die uit.", "Nothing yet. Add a client and send an invitation.";
    }
}
