//! The texts of the head of all pages about a client's year.

ui::texts! {
    /// Texts of the head of all pages about a client's year.
    Year {
        parts: "Onderdelen van het dossier", "Parts of the dossier";
        answers_tab: "Antwoorden en documenten", "Answers and documents";
        consent_tab: "Akkoord en tijdlijn", "Approval and time line";
        set_out: "Taak klaarzetten", "Set out a task";
        contact_tab: "Berichten en gegevens", "Messages and details";
        unread(n: usize): "{n} nieuw", "{n} new";
        archive_tab: "Archief", "Archive";
        edit_client: "Bewerk klant", "Edit client";
    }
}
