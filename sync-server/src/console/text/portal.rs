//! Texts of the page on which a firm sets up its portal.

ui::texts! {
    /// Settings of the firm.
    Portal {
        title: "Portaal inrichten", "Set up the portal";
        lead: "Zo zien uw klanten uw kantoor.", "This is how clients see your firm.";
        save: "Opslaan", "Save";
        saved: "Opgeslagen. Uw klanten zien dit zodra hun app verbinding heeft.", "Saved. Clients see it as soon as their app is connected.";
        firm: "Uw kantoor", "Your firm";
        name: "Naam van uw kantoor", "Name of your firm";
        phone: "Telefoon", "Phone";
        mails: "Mails aan klanten", "Mails to clients";
        sender_name: "Naam van de afzender", "Name of the sender";
        sender_address: "Adres van de afzender", "Address of the sender";
        accent: "Accentkleur", "Accent colour";
        accent_field: "Kleur", "Colour";
        accent_note: "Goed leesbaar, altijd", "Readable, always";
        sample_button: "Bekijk uw aangifte", "Look at your tax return";
        sample_link: "Wijzig", "Change";
        proof_button(ratio: &str): "Knop: {ratio} : 1", "Button: {ratio} : 1";
        proof_light(ratio: &str): "Tekst op wit: {ratio} : 1", "Text on white: {ratio} : 1";
        proof_dark(ratio: &str): "Tekst in het donker: {ratio} : 1", "Text in the dark: {ratio} : 1";
        proof: "Zo ziet uw kleur eruit", "What your colour looks like";
        accent_lead: "Akkoord kiest zelf witte of zwarte letters en past de kleur aan waar dat nodig is.", "Akkoord picks white or black letters and adapts the colour where needed.";
        statements: "Verklaring bij akkoord", "Statement at approval";
        statements_lead: "Dit tekent een klant. Een nieuwe tekst geldt voor aangiften die u daarna klaarzet.", "This is what a client signs. A new text counts for returns that you set out afterwards.";
        statement_nl: "In het Nederlands", "In Dutch";
        statement_en: "In het Engels", "In English";
        name_missing: "Zonder naam weten klanten niet wie u bent.", "Without a name clients do not know who you are.";
        phone_malformed: "Vul een telefoonnummer in, zoals 030 234 56 78.", "Fill in a phone number, such as +31 30 234 56 78.";
        accent_malformed: "Dit is geen kleur. Voorbeeld: #0f5b66", "This is not a colour. Example: #0f5b66";
        statement_missing: "Zonder verklaring is er niets om te tekenen.", "Without a statement there is nothing to sign.";
        statement_too_long: "Hooguit 2.000 tekens.", "At most 2,000 characters.";
        only_administrators: "Alleen een beheerder van uw kantoor kan dit wijzigen.", "Only an administrator of your firm can change this.";
    }
}
