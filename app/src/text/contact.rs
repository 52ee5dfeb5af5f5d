//! Texts of messages, of reporting a change, and of choosing a dossier.

ui::texts! {
    /// Texts of messages.
    Messages {
        title: "Berichten", "Messages";
        lead(name: &str): "Wat u en {name} elkaar schrijven, per jaar.", "What you and {name} write to each other, by year.";
        year(year: &str): "Over {year}", "About {year}";
        general: "Algemeen", "General";
        none(name: &str): "Nog geen berichten. Stel gerust een vraag aan {name}.", "No messages yet. Feel free to ask {name} a question.";
        new(n: usize): "1 nieuw bericht" | "{n} nieuwe berichten", "1 new message" | "{n} new messages";
        all: "Alle berichten", "All messages";
        reply: "Antwoord", "Reply";
        question: "Uw vraag", "Your question";
        attach: "Voeg een document toe", "Add a document";
        attached: "Gaat mee", "Goes along";
        take_off(name: &str): "Verwijder {name}", "Remove {name}";
        read_by_firm: "Gelezen door uw adviseur", "Read by your advisor";
        not_here: "Nog niet op dit apparaat", "Not on this device yet";
        open(name: &str): "Open {name}", "Open {name}";
        draft: "Uw tekst is bewaard op dit apparaat en nog niet verstuurd.", "Your text is kept on this device and has not been sent yet.";
    }

    /// Texts of reporting a change.
    Report {
        lead: "Klopt er iets niet meer? Pas het aan.", "Is something no longer right? Change it.";
        changes(n: usize): "1 wijziging" | "{n} wijzigingen", "1 change" | "{n} changes";
        changes_of(n: usize, name: &str): "1 wijziging voor {name}" | "{n} wijzigingen voor {name}", "1 change for {name}" | "{n} changes for {name}";
        unsent: "Nog niet verstuurd", "Not sent yet";
        received(firm: &str): "Ontvangen door {firm}", "Received by {firm}";
        taken_over(name: &str): "Overgenomen door {name}", "Taken over by {name}";
        answered(name: &str): "Beantwoord door {name}", "Answered by {name}";
        taken_back: "Ingetrokken", "Taken back";
        was: "Was:", "Was:";
        becomes: "Wordt:", "Becomes:";
        theirs(name: &str, value: &str): "{name} heeft dit intussen ook gewijzigd: {value}", "{name} has changed this meanwhile, too: {value}";
        unknown: "niet bekend", "not known";
        undo(field: &str): "{field} terugzetten", "Undo {field}";
        send(name: &str): "Stuur naar {name}", "Send to {name}";
        about_you: "Over u", "About you";
        about(name: &str): "Over {name}", "About {name}";
        edit: "Wijzig", "Change";
        add: "Vul aan", "Add";
        show: "Toon", "Show";
        hide: "Verberg", "Hide";
        done: "Klaar", "Done";
        cancel: "Annuleer", "Cancel";
        reported: "Door u doorgegeven", "Reported by you";
        take_back(what: &str): "Trek {what} in", "Take back {what}";
        from_day(day: &str): "vanaf {day}", "from {day}";
        life: "Is er iets veranderd in uw leven?", "Has something changed in your life?";
        life_lead: "Vertel het ons meteen. Wij kijken wat het voor uw belasting betekent.", "Tell us at once. We look at what it means for your taxes.";
        day: "Vanaf welke dag?", "From which day?";
        day_missing: "Vul de dag in, ook als u hem niet precies weet.", "Fill in the day, even if you do not know it exactly.";
        whom: "Om wie gaat het?", "Who is it about?";
        partner_name: "Naam van uw partner", "Name of your partner";
        partner_birth: "Geboortedatum van uw partner", "Date of birth of your partner";
        agreement: "Heeft u iets laten vastleggen bij de notaris?", "Did you have anything drawn up by a notary?";
        child_name: "Naam van het kind", "Name of the child";
        child_bsn: "BSN van het kind, als u dat al heeft", "BSN of the child, if you have it";
        children: "Bij wie wonen de kinderen?", "With whom do the children live?";
        deceased: "Wie is overleden?", "Who died?";
        heirs: "Wie regelt de nalatenschap?", "Who settles the estate?";
        employer: "Nieuwe werkgever of uitkering", "New employer or benefit";
        old_employer: "Vorige werkgever", "Previous employer";
        address: "Adres van het huis", "Address of the house";
        price: "Koopprijs of verkoopprijs", "Purchase or selling price";
        mortgage: "Hypotheek bij", "Mortgage with";
        remark: "Wilt u er iets bij zeggen?", "Is there anything to add?";
        remark_missing: "Vertel kort wat er is veranderd.", "Tell us briefly what changed.";
        too_long: "Dit is te lang. Maak het korter.", "This is too long. Make it shorter.";
        documents: "Heeft u er een document bij, zoals een akte? Stuur het los via Sturen.", "Do you have a document with it, such as a deed? Send it by Send.";
        married: "Gehuwd of geregistreerd partner", "Married or registered partner";
        cohabiting: "Samenwonend", "Living together";
        divorced: "Gescheiden", "Divorced";
        mails: "Mail van ons", "Mail from us";
        mail_reminders: "Herinner mij voor een uiterste datum", "Remind me before a due date";
        mail_messages: "Mail mij als er een bericht is", "Mail me when there is a message";
    }

    /// Texts of choosing a dossier.
    Switch {
        choose: "Kies een dossier", "Choose a dossier";
        open(n: usize): "1 ding te doen" | "{n} dingen te doen", "1 thing to do" | "{n} things to do";
        nothing: "Niets te doen", "Nothing to do";
        current: "Nu open", "Open now";
        elsewhere(n: usize): "1 ding in een ander dossier" | "{n} dingen in andere dossiers", "1 thing in another dossier" | "{n} things in other dossiers";
    }
}
