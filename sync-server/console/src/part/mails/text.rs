//! The texts that the pages about mails share.

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
        recalled: "Iets teruggehaald", "Something taken back";
        other_declined: "Iemand anders is niet akkoord", "Somebody else does not agree";
        filed: "Aangifte verstuurd", "Tax return filed";
        filing_undone: "Correctie: niet verstuurd", "Correction: not filed";
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
        way_in_changed: "Rol of toegang gewijzigd", "Role or access changed";
        advisor_way_in_changed: "Kantoor: toegang gewijzigd", "Firm: access changed";
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
    /// Texts about whether a mail was sent, and about the mails of one dossier.
    MailStatus {
        leaves(at: &str): "Gaat weg {at}", "Leaves {at}";
        again_at(at: &str): "Wordt opnieuw geprobeerd {at}", "Is tried again {at}";
        sent_at(at: &str): "Verstuurd {at}", "Sent {at}";
        failed_at(at: &str): "Niet bezorgd {at}", "Not delivered {at}";
        todo_refused: "De mailserver neemt deze mail niet aan. Controleer het adres bij de klant en stuur hem dan opnieuw.",
            "The mail server does not take this mail. Check the address at the client and then send it again.";
        todo_late: "Dit is vijf dagen lang niet gelukt. Werkt de mailserver weer? Stuur de mail dan opnieuw.",
            "This did not work for five days. Does the mail server work again? Then send the mail again.";
        todo_malformed: "Een adres in deze mail klopt niet. Verbeter het en stuur de mail dan opnieuw.",
            "An address in this mail is wrong. Correct it and then send the mail again.";
        client_failed(to: &str): "Een mail aan {to} kon niet worden bezorgd.", "A mail to {to} could not be delivered.";
        look: "Bekijk wat u kunt doen", "See what you can do";
        of_dossier: "Mails", "Mails";
        all_of_dossier: "Alle mails", "All mails";
        none_of_dossier: "Nog geen mails verstuurd.", "No mails sent yet.";
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
        MailKind::Recalled => t.recalled(),
        MailKind::OtherDeclined => t.other_declined(),
        MailKind::Filed => t.filed(),
        MailKind::FilingUndone => t.filing_undone(),
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
        MailKind::WayInChanged => t.way_in_changed(),
        MailKind::AdvisorWayInChanged => t.advisor_way_in_changed(),
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
