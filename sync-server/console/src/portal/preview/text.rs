//! The texts of the previews of what clients see.

ui::texts! {
    /// Texts of the preview of a client's overview. They repeat those of the app.
    Sample {
        greeting: "Goedemiddag, Marieke", "Good afternoon, Marieke";
        things: "Er staan 3 dingen voor u klaar.", "Three things are ready for you.";
        to_do: "Te doen", "To do";
        asked: "Uw akkoord gevraagd", "Your approval asked";
        due: "vóór 1 april", "before 1 April";
        task(year: i16): "Aangifte IB {year} controleren en akkoord geven", "Check and approve income tax return {year}";
        ready(advisor: &str): "{advisor} heeft uw aangifte klaar. Controleren duurt ongeveer 5 minuten.", "{advisor} has your return ready. Checking takes about 5 minutes.";
        see: "Bekijk uw aangifte", "See your return";
        checklist(year: i16): "Checklist IB {year} invullen", "Fill in checklist {year}";
        checklist_sub: "Nog 8 van 22 vragen", "8 of 22 questions to go";
        request: "Stuur uw jaaropgave", "Send your annual statement";
        request_sub(year: i16): "Gemeente Utrecht, over {year}", "City of Utrecht, for {year}";
        yourself: "Zelf iets sturen", "Send something yourself";
        scan: "Scan met uw camera", "Scan with your camera";
        choose: "Kies een bestand", "Choose a file";
        overview: "Overzicht", "Overview";
        send: "Sturen", "Send";
        archive: "Archief", "Archive";
        details: "Gegevens", "Details";
        menu: "Hoofdmenu", "Main menu";
        kept: "Bewaard", "Saved";
        mail: "Uw e-mailadres", "Your e-mail address";
    }
}
