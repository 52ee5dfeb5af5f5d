//! The names of the phases of a client's year.

ui::texts! {
    /// Names of the phases of a client's year.
    Stages {
        not_invited: "Niet uitgenodigd", "Not invited";
        invited: "Uitgenodigd", "Invited";
        registered: "Geregistreerd", "Registered";
        checklist: "Checklist bezig", "Checklist under way";
        to_draft: "Klaar voor concept", "Ready to draft";
        to_approve: "Wacht op akkoord", "Waiting for approval";
        approved: "Akkoord", "Approved";
        part(given: u32, asked: u32): "{given} van {asked}", "{given} of {asked}";
        attention_declined: "Niet akkoord", "Declined";
        attention_not_accepted: "Handtekening niet geldig", "Signature not valid";
        attention_ready_to_file: "Klaar om te versturen", "Ready to file";
        attention_question: "Vraag gesteld", "Question asked";
        attention_proposal: "Wijziging doorgegeven", "Change reported";
        attention_differing: "Twee antwoorden", "Two answers";
        attention_handed_in: "Checklist ingeleverd", "Checklist handed in";
        expired: "Uitnodiging verlopen", "Invitation expired";
        questions(answered: u32, asked: u32): "{answered} van {asked} vragen", "{answered} of {asked} questions";
    }
}
