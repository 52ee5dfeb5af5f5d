//! The texts of the page that sets when mails are sent.

ui::texts! {
    /// Texts about when mails are sent.
    MailTiming {
        title: "Wanneer mails gaan", "When mails leave";
        mine: "Mails aan u", "Mails to you";
        mine_lead: "Kies per soort hoe u het hoort. Het dagelijkse overzicht is één mail met alles wat binnenkwam.",
            "Choose for each kind how you hear of it. The daily digest is one mail with all that came in.";
        at_once: "Meteen", "At once";
        digest: "In het overzicht", "In the digest";
        never: "Nooit", "Never";
        language: "Taal van het kantoor en van mails aan u", "Language of the console and of mails to you";
        save: "Opslaan", "Save";
        saved: "Opgeslagen.", "Saved.";
        firm: "Mails van uw kantoor", "Mails of your firm";
        firm_lead: "Dit geldt voor alle klanten. Wat dringend is, gaat altijd meteen.", "This counts for all clients. What is urgent always leaves at once.";
        reminders: "Herinneringen", "Reminders";
        reminders_lead: "Op welke dagen rond de laatste dag. -7 is een week ervoor, 3 is drie dagen erna. Leeg: geen herinnering. Wat klaar is, komt er niet meer in voor.",
            "On which days around the due date. -7 is a week before, 3 is three days after. Empty: no reminder. What is done is not in it any more.";
        approval: "Akkoord op een aangifte", "Approval of a tax return";
        checklist: "Checklist", "Checklist";
        documents: "Gevraagde documenten", "Requested documents";
        payment: "Te betalen belasting", "Tax to be paid";
        hours: "Uren", "Hours";
        quiet_from: "Stil vanaf", "Quiet from";
        quiet_until: "Stil tot", "Quiet until";
        digest_at: "Dagelijks overzicht om", "Daily digest at";
        hour_hint: "0 tot en met 23", "0 to 23";
        days_malformed: "Vul hooguit zes dagen in tussen -60 en 60, met komma’s ertussen. Voorbeeld: -7, -1, 3",
            "Fill in at most six days between -60 and 60, with commas. Example: -7, -1, 3";
        hour_malformed: "Vul een heel uur in, van 0 tot en met 23.", "Fill in a whole hour, from 0 to 23.";
        only_administrators: "Alleen een beheerder kan dit wijzigen.", "Only an administrator can change this.";
    }
}
