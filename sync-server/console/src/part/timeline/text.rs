//! The texts of events.

ui::texts! {
    /// Texts of events that concern a client as a whole, for the time line.
    ClientHappened {
        changed(who: &str): "{who} wijzigde de gegevens van de klant", "{who} changed the client's data";
        numbers_changed(who: &str): "{who} wijzigde fiscale nummers", "{who} changed numbers of the tax authority";
        number_shown(who: &str, kind: &str): "{who} bekeek het {kind}", "{who} looked at the {kind}";
        number_of_person_shown(who: &str, kind: &str, whom: &str): "{who} bekeek het {kind} van {whom}", "{who} looked at the {kind} of {whom}";
        blocked(who: &str): "{who} blokkeerde de klant", "{who} blocked the client";
        unblocked(who: &str): "{who} gaf de klant weer toegang", "{who} gave the client access again";
        archived(who: &str): "{who} zette de klant in het archief", "{who} put the client in the archive";
        taken_back(who: &str): "{who} haalde de klant terug uit het archief", "{who} took the client back from the archive";
    }
    /// Texts of events that concern somebody's access, for the time line.
    AccessHappened {
        access_renewal_started(who: &str, whom: &str): "{who} vernieuwt de toegang van {whom}", "{who} renews the access of {whom}";
        access_renewed(who: &str): "{who} heeft weer toegang; oude passkeys vervielen", "{who} has access again; old passkeys ended";
        sessions_ended(who: &str): "{who} logde uit op alle apparaten", "{who} logged out on all devices";
        access_removed(who: &str): "{who} verwijderde een passkey of apparaat", "{who} removed a passkey or device";
        device_added(who: &str): "{who} logde in op een nieuw apparaat", "{who} logged in on a new device";
        alarm_raised(who: &str): "{who} meldde: dit was ik niet", "{who} reported: this was not me";
        invitation_withdrawn(who: &str, whom: &str): "{who} trok de uitnodiging van {whom} in", "{who} withdrew the invitation of {whom}";
        wrong_person(whom: &str): "De link van {whom} kwam bij iemand anders aan", "The link of {whom} reached somebody else";
        link_asked_again(who: &str): "{who} vroeg een nieuwe link", "{who} asked for a new link";
        person_blocked(who: &str, whom: &str): "{who} blokkeerde {whom}", "{who} blocked {whom}";
        person_unblocked(who: &str, whom: &str): "{who} gaf {whom} weer toegang", "{who} gave {whom} access again";
        person_added(who: &str, whom: &str): "{who} voegde {whom} toe", "{who} added {whom}";
        household_split(who: &str, whom: &str): "{who} gaf {whom} een eigen dossier", "{who} gave {whom} an own dossier";
        role_changed(who: &str, whom: &str): "{who} wijzigde de rol van {whom}", "{who} changed the role of {whom}";
    }
    /// Texts of events for the time line. `who` is a name or `U`.
    Happened {
        you: "U", "You";
        server: "De server", "The server";
        a_person: "Iemand", "Somebody";
        year_opened(who: &str): "{who} opende het dossier", "{who} opened the dossier";
        client_added(who: &str): "{who} voegde de klant toe", "{who} added the client";
        invited(who: &str, whom: &str): "{who} nodigde {whom} uit", "{who} invited {whom}";
        mail_sent_again(who: &str): "{who} stuurde een mail opnieuw", "{who} sent a mail again";
        registered(who: &str): "{who} is geregistreerd", "{who} registered";
        passkey_added(who: &str): "{who} maakte een passkey", "{who} made a passkey";
        checklist_set_out(who: &str): "{who} zette de checklist klaar", "{who} set out the checklist";
        documents_requested(who: &str): "{who} vroeg documenten", "{who} asked for documents";
        revision_set_out(who: &str, number: u64): "{who} zette versie {number} klaar", "{who} set out revision {number}";
        filing_undone(who: &str): "{who} maakte ‘verstuurd’ ongedaan; de mails daarover vertrokken niet", "{who} undid ‘filed’; the mails about it did not leave";
        filing_corrected(who: &str): "{who} maakte ‘verstuurd’ ongedaan; wie een mail had gekregen, krijgt een correctie", "{who} undid ‘filed’; those who had got a mail get a correction";
        filed_unapproved(who: &str): "{who} verstuurde de aangifte zonder ieders akkoord", "{who} filed the return without everybody’s approval";
        payment_asked(who: &str): "{who} gaf door wat er te betalen is", "{who} passed on what is to be paid";
        payment_made(who: &str): "{who} meldde dat er is betaald", "{who} reported a payment";
        payment_not_made(who: &str): "{who} meldde dat er toch niet is betaald", "{who} took back that it was paid";
        revision_filed(who: &str): "{who} verstuurde de aangifte", "{who} filed the return";
        recalled(who: &str): "{who} haalde iets terug", "{who} took something back";
        task_closed(who: &str): "{who} rondde een taak af", "{who} closed a task";
        message_written(who: &str): "{who} schreef een bericht", "{who} wrote a message";
        message_received(who: &str): "{who} stuurde een bericht", "{who} sent a message";
        attachment_announced(who: &str): "{who} voegde een document toe", "{who} added a document";
        attachment_withdrawn(who: &str): "{who} trok een document in", "{who} took a document back";
        attachment_received(who: &str): "Document van {who} ontvangen", "Document of {who} received";
        checklist_handed_in(who: &str): "{who} leverde de checklist in", "{who} handed in the checklist";
        approval_verified(who: &str): "{who} gaf akkoord", "{who} approved";
        approval_not_accepted(who: &str): "Akkoord van {who} was niet geldig", "Approval of {who} was not valid";
        change_proposed(who: &str): "{who} gaf een wijziging door", "{who} reported a change";
        proposal_withdrawn(who: &str): "{who} trok een wijziging in", "{who} took a change back";
        proposal_taken_over(who: &str): "{who} nam een wijziging over", "{who} took over a change";
        proposal_answered(who: &str): "{who} beantwoordde een wijziging", "{who} answered a change";
        details_changed(who: &str, whom: &str): "{who} paste de gegevens van {whom} aan", "{who} changed the details of {whom}";
        revision_declined(who: &str): "{who} is niet akkoord", "{who} does not agree";
        revision_opened(who: &str): "{who} opende de aangifte", "{who} opened the return";
        questions_answered(n: u64, who: &str): "{who} vulde {n} vraag in" | "{who} vulde {n} vragen in", "{who} answered {n} question" | "{who} answered {n} questions";
        other(who: &str, kind: &str): "{who}: {kind}", "{who}: {kind}";
        approval_awaits_ruling(who: &str): "Akkoord van {who} wacht op een besluit", "Approval by {who} waits for a decision";
        approval_withdrawn(who: &str): "{who} trok het akkoord in", "{who} took the approval back";
        approval_released(who: &str): "{who} nam een akkoord over", "{who} took an approval over";
        approval_refused(who: &str): "{who} weigerde een akkoord", "{who} refused an approval";
        paper_approval_recorded(who: &str, whom: &str): "{who} legde een akkoord op papier van {whom} vast", "{who} recorded an approval on paper by {whom}";
        evidence_read(who: &str): "{who} haalde een bewijs op", "{who} downloaded a proof";
        number(number: u64): "Versie {number}", "Revision {number}";
    }
    /// Texts of events about reviews, for the time line.
    Judged {
        checklist_reopened(who: &str): "{who} opende de checklist weer", "{who} opened the checklist again";
        answers_accepted(n: u64, who: &str): "{who} vond 1 antwoord akkoord" | "{who} vond {n} antwoorden akkoord",
            "{who} accepted 1 answer" | "{who} accepted {n} answers";
        answers_sent_back(n: u64, who: &str): "{who} stuurde 1 antwoord terug" | "{who} stuurde {n} antwoorden terug",
            "{who} sent back 1 answer" | "{who} sent back {n} answers";
    }
    /// Texts of events about signatures.
    SignatureHappened {
        certified(who: &str): "{who} kan op een apparaat tekenen zonder passkey", "{who} can sign on a device without a passkey";
        countersigned(who: &str): "{who} bevestigde het akkoord met een passkey", "{who} confirmed the approval with a passkey";
        countersigned_wrongly(who: &str): "Bevestiging van {who} was niet geldig", "Confirmation of {who} was not valid";
        flawed(number: u64, why: &str): "Versie {number}: {why}", "Revision {number}: {why}";
        for_something_else: "ondertekend voor iets anders", "signed for something else";
        on_another_site: "ondertekend op een andere website", "signed on another website";
        without_check: "zonder controle van vinger, gezicht of pincode", "without a check of finger, face or PIN";
        does_not_fit: "de handtekening past niet", "the signature does not fit";
        by_device_key(number: u64): "Versie {number}, met de sleutel van het apparaat", "Revision {number}, with the key of the device";
    }
    /// Texts of events about documents.
    DocumentHappened {
        taken_in(who: &str): "{who} boekte een document in", "{who} took a document in";
        sent_back(who: &str): "{who} stuurde een document terug", "{who} sent a document back";
        replied(who: &str): "{who} reageerde op een gevraagd document", "{who} answered about a requested document";
        delivered(who: &str): "{who} zette een document in het archief", "{who} put a document in the archive";
        taken_out(n: u64, who: &str): "{who} downloadde alle documenten: {n} bestand" | "{who} downloadde alle documenten: {n} bestanden", "{who} downloaded all documents: {n} file" | "{who} downloaded all documents: {n} files";
    }
}
