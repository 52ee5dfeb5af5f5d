//! The texts about mails that wait, were sent or failed.

ui::texts! {
    /// Texts about mails that wait, were sent or failed.
    Outgoing {
        title: "Uitgaande mails", "Outgoing mails";
        all: "Alles", "All";
        waiting: "Wacht", "Waiting";
        sent: "Verstuurd", "Sent";
        failed: "Niet bezorgd", "Not delivered";
        search: "Zoek een mailadres", "Find a mail address";
        of_client(name: &str): "Mails over {name}", "Mails about {name}";
        all_clients: "Van alle klanten", "Of all clients";
        to: "Aan", "To";
        mail: "Mail", "Mail";
        state: "Stand", "State";
        when: "Geschreven", "Written";
        action: "Doen", "Do";
        none: "Hier zijn geen mails.", "There are no mails here.";
        leaves(at: &str): "Gaat weg {at}", "Leaves {at}";
        again_at(at: &str): "Wordt opnieuw geprobeerd {at}", "Is tried again {at}";
        sent_at(at: &str): "Verstuurd {at}", "Sent {at}";
        failed_at(at: &str): "Niet bezorgd {at}", "Not delivered {at}";
        seen: "gezien", "seen";
        attempts(n: u32): "{n} keer geprobeerd" | "{n} keer geprobeerd", "tried once" | "tried {n} times";
        words: "De mailserver zei:", "The mail server said:";
        todo_refused: "De mailserver neemt deze mail niet aan. Controleer het adres bij de klant en stuur hem dan opnieuw.",
            "The mail server does not take this mail. Check the address at the client and then send it again.";
        todo_late: "Dit is vijf dagen lang niet gelukt. Werkt de mailserver weer? Stuur de mail dan opnieuw.",
            "This did not work for five days. Does the mail server work again? Then send the mail again.";
        todo_malformed: "Een adres in deze mail klopt niet. Verbeter het en stuur de mail dan opnieuw.",
            "An address in this mail is wrong. Correct it and then send the mail again.";
        again: "Stuur opnieuw", "Send again";
        now: "Probeer nu", "Try now";
        mark_seen: "Gezien", "Seen";
        newer: "Nieuwer", "Newer";
        older: "Ouder", "Older";
        pages: "Bladeren", "Pages";
        client_failed(to: &str): "Een mail aan {to} kon niet worden bezorgd.", "A mail to {to} could not be delivered.";
        look: "Bekijk wat u kunt doen", "See what you can do";
        of_dossier: "Mails", "Mails";
        all_of_dossier: "Alle mails", "All mails";
        none_of_dossier: "Nog geen mails verstuurd.", "No mails sent yet.";
    }
}
