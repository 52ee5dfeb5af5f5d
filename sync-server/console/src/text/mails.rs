//! The texts of the pages about mails.

use model::{language::Language, mail::MailKind};

ui::texts! {
    /// Names of the kinds of mail.
    MailName {
        invitation: "Uitnodiging", "Invitation";
        invitation_code: "Uitnodiging met een code", "Invitation with a code";
        new_access: "Nieuwe toegang", "New access";
        task: "Nieuwe taak", "New task";
        revision: "Aangifte klaar voor akkoord", "Tax return to approve";
        revision_again: "Nieuwe versie van de aangifte", "New version of the tax return";
        several: "Meer dingen in één mail", "Several things in one mail";
        reminder: "Herinnering", "Reminder";
        firm_message: "Bericht van uw kantoor", "Message from your firm";
        sent_back: "Antwoord teruggestuurd", "Answer sent back";
        document_sent_back: "Document teruggestuurd", "Document sent back";
        proposal_answered: "Wijziging beantwoord", "Change answered";
        reopened: "Checklist weer open", "Checklist open again";
        delivered: "Document in het archief", "Document in the archive";
        passkey_added: "Nieuwe passkey", "New passkey";
        device_added: "Nieuw apparaat", "New device";
        device_key_added: "Apparaat dat tekent", "Device that signs";
        address_changed: "Adres gewijzigd", "Address changed";
        access_removed: "Toegang verwijderd", "Access removed";
        access_renewed: "Toegang vernieuwd", "Access renewed";
        mail_code: "Code voor een mailadres", "Code for a mail address";
        mail_changed: "Mailadres gewijzigd", "Mail address changed";
        document_received: "Document ontvangen", "Document received";
        handed_in: "Checklist ingeleverd", "Checklist handed in";
        approved: "Klant heeft akkoord gegeven", "Client has approved";
        declined: "Klant is niet akkoord", "Client does not agree";
        change_proposed: "Wijziging doorgegeven", "Change reported";
        message_received: "Klant heeft een vraag", "Client has a question";
        approval_not_accepted: "Akkoord is niet geldig", "Approval is not valid";
        alarm_raised: "Dit was ik niet", "This was not me";
        digest: "Dagelijks overzicht", "Daily digest";
        advisor_invitation: "Uitnodiging van een collega", "Invitation of a colleague";
        advisor_new_access: "Uw nieuwe toegang", "Your new access";
        advisor_access_renewed: "Uw toegang vernieuwd", "Your access renewed";
        advisor_passkey_added: "Uw nieuwe passkey", "Your new passkey";
        advisor_device_added: "Uw nieuwe apparaat", "Your new device";
        advisor_device_key_added: "Uw apparaat dat tekent", "Your device that signs";
        advisor_access_removed: "Uw toegang verwijderd", "Your access removed";
        advisor_alarm_raised: "Collega: dit was ik niet", "Colleague: this was not me";
        test: "Testmail", "Test mail";
    }
    /// Names of the tabs of the pages about mails.
    MailTabs {
        parts: "Onderdelen van mails", "Parts of mails";
        texts: "Teksten", "Texts";
        outgoing: "Uitgaand", "Outgoing";
        timing: "Wanneer", "When";
        server: "Mailserver", "Mail server";
    }
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
    /// Texts of the editor of mails.
    MailEditor {
        title: "E-mailsjablonen", "Mail templates";
        to_clients: "Aan uw klant", "To your client";
        to_firm: "Aan uw kantoor", "To your firm";
        changed: "Aangepast", "Changed";
        language: "Taal van de mail", "Language of the mail";
        save: "Opslaan", "Save";
        send_test: "Stuur test naar mij", "Send me a test";
        reset: "Terug naar standaard", "Back to the default";
        subject: "Onderwerp", "Subject";
        preview_line: "Regel in de lijst van mails", "Line in the list of mails";
        status: "Label boven de kop", "Label above the heading";
        optional: "mag leeg", "may be empty";
        heading: "Kop", "Heading";
        button: "Tekst op de knop", "Text on the button";
        body: "Tekst", "Text";
        body_hint: "Een lege regel begint een nieuwe alinea. [knop] zet de knop neer, [lijst] de lijst, een regel met > wordt klein.",
            "An empty line begins a new paragraph. [button] puts the button, [list] the list, a line with > becomes small.";
        optional_hint: "Wat tussen [[ en ]] staat, valt weg als een variabele daarin leeg is.",
            "What stands between [[ and ]] is left out when a variable in it is empty.";
        fixed: "Het stukje ‘Is deze mail echt?’ onder aan de mail staat vast.", "The part ‘Is this mail real?’ at the end of the mail is fixed.";
        variables: "Variabelen", "Variables";
        variables_hint: "Typ een variabele tussen accolades.", "Type a variable between braces.";
        insert(name: &str): "Voeg {name} in", "Insert {name}";
        all_right: "Alle variabelen kloppen, de knop staat erin", "All variables are right, the button is there";
        preview: "Voorbeeld", "Preview";
        preview_of(name: &str): "Voorbeeld van: {name}", "Preview of: {name}";
        preview_client: "Met de gegevens van klantnummer", "With the data of client number";
        show_preview: "Toon voorbeeld", "Show preview";
        as_text: "Als platte tekst", "As plain text";
        from(name: &str): "Van: {name}", "From: {name}";
        versions: "Versies", "Versions";
        no_versions: "Uw kantoor gebruikt de standaardtekst.", "Your firm uses the default text.";
        version(who: &str, at: &str): "{who}, {at}", "{who}, {at}";
        version_standard: "terug naar standaard", "back to the default";
        version_now: "geldt nu", "counts now";
        open_version: "Bekijk en zet terug", "Look and restore";
        old_version(at: &str): "Dit is de versie van {at}. Sla op om haar terug te zetten.", "This is the version of {at}. Save to restore it.";
        saved: "Opgeslagen. Mails die vanaf nu worden geschreven, gebruiken deze tekst.", "Saved. Mails written from now on use this text.";
        test_sent(to: &str): "De test is onderweg naar {to}. Er is niets opgeslagen.", "The test is on its way to {to}. Nothing was saved.";
        conflict(who: &str, at: &str): "{who} heeft deze mail net opgeslagen ({at}). Uw tekst staat hieronder en is nog niet opgeslagen.",
            "{who} saved this mail just now ({at}). Your text stands below and is not saved yet.";
        conflict_lead: "Sla nog eens op om uw tekst te laten gelden, of bekijk eerst de andere.",
            "Save once more to let your text count, or look at the other one first.";
        theirs: "Bekijk de andere tekst", "Look at the other text";
        mistakes: "Er is nog niets opgeslagen. Kijk bij de velden hieronder.", "Nothing was saved yet. Look at the fields below.";
        unknown(line: usize, column: usize, name: &str): "Regel {line}, teken {column}: de variabele {name} bestaat niet in deze mail.",
            "Line {line}, character {column}: this mail has no variable {name}.";
        unclosed(line: usize, column: usize, mark: &str): "Regel {line}, teken {column}: bij {mark} ontbreekt het einde.",
            "Line {line}, character {column}: {mark} has no end.";
        stray(line: usize, column: usize, mark: &str): "Regel {line}, teken {column}: {mark} hoort hier niet.",
            "Line {line}, character {column}: {mark} does not belong here.";
        no_button: "Zet [knop] precies één keer in de tekst, op een eigen regel.", "Put [button] into the text exactly once, on a line of its own.";
        facts(line: usize): "Regel {line}: schrijf een feit als | naam | waarde", "Line {line}: write a fact as | name | value";
        empty: "Dit kan niet leeg zijn.", "This cannot be empty.";
        too_long(most: usize): "Dit heeft hooguit {most} tekens, op één regel.", "This has at most {most} characters, on one line.";
        too_long_body(most: usize): "Dit heeft hooguit {most} tekens.", "This has at most {most} characters.";
        only_administrators: "Alleen een beheerder van uw kantoor kan mails wijzigen.", "Only an administrator of your firm can change mails.";
        no_such_client: "Deze klant is er niet; u ziet verzonnen gegevens.", "There is no such client; you see made-up data.";
    }
}

/// Returns the name of a kind of mail.
pub fn mail_kind(kind: MailKind, language: Language) -> &'static str {
    let t = MailName(language);
    match kind {
        MailKind::Invitation => t.invitation(),
        MailKind::Task => t.task(),
        MailKind::Revision => t.revision(),
        MailKind::RevisionAgain => t.revision_again(),
        MailKind::Several => t.several(),
        MailKind::Reminder => t.reminder(),
        MailKind::InvitationCode => t.invitation_code(),
        MailKind::NewAccess => t.new_access(),
        MailKind::FirmMessage => t.firm_message(),
        MailKind::SentBack => t.sent_back(),
        MailKind::DocumentSentBack => t.document_sent_back(),
        MailKind::ProposalAnswered => t.proposal_answered(),
        MailKind::Reopened => t.reopened(),
        MailKind::Delivered => t.delivered(),
        MailKind::PasskeyAdded => t.passkey_added(),
        MailKind::DeviceAdded => t.device_added(),
        MailKind::DeviceKeyAdded => t.device_key_added(),
        MailKind::AddressChanged => t.address_changed(),
        MailKind::AccessRemoved => t.access_removed(),
        MailKind::AccessRenewed => t.access_renewed(),
        MailKind::MailCode => t.mail_code(),
        MailKind::MailChanged => t.mail_changed(),
        MailKind::DocumentReceived => t.document_received(),
        MailKind::HandedIn => t.handed_in(),
        MailKind::Approved => t.approved(),
        MailKind::Declined => t.declined(),
        MailKind::ChangeProposed => t.change_proposed(),
        MailKind::MessageReceived => t.message_received(),
        MailKind::ApprovalNotAccepted => t.approval_not_accepted(),
        MailKind::AlarmRaised => t.alarm_raised(),
        MailKind::Digest => t.digest(),
        MailKind::AdvisorInvitation => t.advisor_invitation(),
        MailKind::AdvisorNewAccess => t.advisor_new_access(),
        MailKind::AdvisorAccessRenewed => t.advisor_access_renewed(),
        MailKind::AdvisorPasskeyAdded => t.advisor_passkey_added(),
        MailKind::AdvisorDeviceAdded => t.advisor_device_added(),
        MailKind::AdvisorDeviceKeyAdded => t.advisor_device_key_added(),
        MailKind::AdvisorAccessRemoved => t.advisor_access_removed(),
        MailKind::AdvisorAlarmRaised => t.advisor_alarm_raised(),
        MailKind::Test => t.test(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_of_its_own() {
        for language in [Language::Nl, Language::En] {
            let mut names: Vec<_> = MailKind::ALL.iter().map(|kind| mail_kind(*kind, language)).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), MailKind::ALL.len());
        }
    }
}
