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
        seen: "gezien", "seen";
        attempts(n: u32): "{n} keer geprobeerd" | "{n} keer geprobeerd", "tried once" | "tried {n} times";
        not_reached: "Uw mailserver is niet bereikt over een beveiligde verbinding met een geldig certificaat.",
            "Your mail server was not reached over a secure connection with a valid certificate.";
        refused_for_now: "Uw mailserver weigert deze mail voorlopig. Waarom, tonen wij alleen over een beveiligde verbinding.",
            "Your mail server refuses this mail for now. Why is shown over a secure connection only.";
        refused: "Uw mailserver weigert deze mail. Waarom, tonen wij alleen over een beveiligde verbinding.",
            "Your mail server refuses this mail. Why is shown over a secure connection only.";
        words: "De mailserver zei:", "The mail server said:";
        again: "Stuur opnieuw", "Send again";
        now: "Probeer nu", "Try now";
        mark_seen: "Gezien", "Seen";
        newer: "Nieuwer", "Newer";
        older: "Ouder", "Older";
        pages: "Bladeren", "Pages";
    }
}
