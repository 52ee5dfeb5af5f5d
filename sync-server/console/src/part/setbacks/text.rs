//! The texts about what the server could not do.

ui::texts! {
    /// Texts about what the server could not do and tries again.
    Setbacks {
        title: "Dit lukte de server niet", "The server could not do this";
        outbox: "Mails van uw kantoor versturen", "Sending your firm's mails";
        digest: "Het dagelijks overzicht van een collega maken", "Making a colleague's daily digest";
        reminder: "Een herinnering maken:", "Making a reminder:";
        notice: "Een mail over een wijziging maken (de wijziging zelf is bewaard):", "Making a mail about a change (the change itself is kept):";
        import: "Een import uitvoeren", "Carrying out an import";
        bulk: "Een actie voor meer klanten uitvoeren", "Carrying out an action for many clients";
        years: "De dossiers van een klant bijwerken:", "Bringing a client's dossiers up to date:";
        checkpoint: "Een controlepunt van de auditlog zetten", "Making a checkpoint of the audit log";
        failed(n: u32, at: &str): "Laatst mislukt: {at} (poging {n}).", "Last failed: {at} (attempt {n}).";
        again(at: &str): "Wordt opnieuw geprobeerd: {at}.", "Is tried again: {at}.";
        others_go_on: "Al het andere gaat door. Blijft dit staan? Vraag de beheerder van de server in het logboek te kijken.", "Everything else goes on. Does this stay here? Ask who runs the server to look in its log.";
    }
}
