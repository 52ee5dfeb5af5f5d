//! The texts about messages, details, and the changes that clients report.

ui::texts! {
    /// Texts of the page with messages and details.
    Contact {
        messages: "Berichten", "Messages";
        none: "Nog geen berichten.", "No messages yet.";
        general: "Algemeen", "General";
        read_by_client(names: &str): "Gelezen door {names}", "Read by {names}";
        mark_read: "Markeer als gelezen", "Mark as read";
        new_message: "Nieuw bericht", "New message";
        message: "Bericht aan de klant", "Message to the client";
        reply: "Antwoord", "Reply";
        file: "Bestand erbij", "Attach a file";
        file_hint: "PDF of foto, mag leeg blijven", "PDF or photo, may stay empty";
        send: "Stuur", "Send";
        proposals: "Doorgegeven wijzigingen", "Reported changes";
        no_proposals: "De klant heeft geen wijziging doorgegeven.", "The client has reported no change.";
        from_day(day: &str): "vanaf {day}", "from {day}";
        of(name: &str): "van {name}", "of {name}";
        reported(name: &str, at: &str): "Doorgegeven door {name}, {at}", "Reported by {name}, {at}";
        now_is(value: &str): "Staat nu in het dossier: {value}", "The dossier now says: {value}";
        was: "Was:", "Was:";
        becomes: "Wordt:", "Becomes:";
        unknown: "niet bekend", "not known";
        take_over: "Neem over", "Take over";
        answer: "Beantwoord", "Answer";
        answer_label: "Antwoord aan de klant", "Answer to the client";
        answer_hint: "nodig als u de wijziging niet overneemt", "needed if you do not take the change over";
        answer_missing: "Schrijf waarom u de wijziging niet overneemt, of wat u nog wilt weten.", "Write why you do not take the change over, or what you still want to know.";
        too_long: "Dit is te lang: hooguit 4.000 tekens.", "This is too long: at most 4,000 characters.";
        over: "Deze wijziging is al overgenomen, beantwoord of ingetrokken. Er is niets veranderd.", "This change was taken over, answered or taken back already. Nothing changed.";
        taken_over(by: &str, at: &str): "Overgenomen door {by}, {at}", "Taken over by {by}, {at}";
        answered(by: &str, at: &str): "Beantwoord door {by}, {at}", "Answered by {by}, {at}";
        taken_back(at: &str): "Ingetrokken {at}", "Taken back {at}";
        details_of(name: &str): "Gegevens van {name}", "Details of {name}";
        change: "Pas aan", "Change";
        save: "Opslaan", "Save";
        mail_goes: "Een ander e-mailadres wordt aan het oude en het nieuwe adres gemeld.", "A new e-mail address is told to the old and the new address.";
        message_missing: "Schrijf eerst uw bericht.", "Write your message first.";
        message_too_long: "Uw bericht is te lang: hooguit 4.000 tekens.", "Your message is too long: at most 4,000 characters.";
    }
}
