//! The texts of the page on which a firm sets up its portal.

ui::texts! {
    /// Texts of the firm's settings.
    Portal {
        title: "Portaal inrichten", "Set up the portal";
        lead: "Zo zien uw klanten uw kantoor.", "This is how clients see your firm.";
        save: "Opslaan", "Save";
        undo: "Ongedaan maken", "Undo";
        unsaved: "Niet opgeslagen", "Not saved";
        saved: "Opgeslagen. Uw klanten zien dit zodra hun app verbinding heeft.", "Saved. Clients see it as soon as their app is connected.";
        firm: "Uw kantoor", "Your firm";
        name: "Naam van uw kantoor", "Name of your firm";
        phone: "Telefoon", "Phone";
        welcome_nl: "Welkomstzin in het Nederlands", "Welcome sentence in Dutch";
        welcome_en: "Welkomstzin in het Engels", "Welcome sentence in English";
        welcome_hint: "bij de eerste keer inloggen; leeg is de zin van Akkoord", "at the first login; empty is Akkoord’s sentence";
        welcome_too_long: "Hooguit 240 tekens, zonder lege regels.", "At most 240 characters, without empty lines.";
        mails: "Mails aan klanten", "Mails to clients";
        sender_name: "Naam van de afzender", "Name of the sender";
        sender_address: "Adres van de afzender", "Address of the sender";
        logo: "Logo", "Logo";
        logo_light: "Uw logo op wit", "Your logo on white";
        logo_dark: "Uw logo in de donkere weergave", "Your logo in the dark";
        logo_none: "U heeft nog geen logo. Uw klanten zien dat van Akkoord.", "You have no logo yet. Clients see Akkoord’s.";
        logo_file: "Kies een logo", "Choose a logo";
        logo_hint: "PNG, JPEG of WebP, liefst vierkant, tot 1 MB", "PNG, JPEG or WebP, square if possible, up to 1 MB";
        logo_note: "Akkoord tekent het logo opnieuw op hooguit 256 bij 256 punten. Wat er verder in het bestand staat, gaat niet mee.",
            "Akkoord draws the logo anew on at most 256 by 256 pixels. Whatever else is in the file does not come along.";
        logo_remove: "Haal het logo weg", "Take the logo away";
        logo_again: "Kies het bestand nog eens: een browser bewaart die keuze niet.", "Choose the file again: a browser does not keep that choice.";
        logo_vector: "Dit is een SVG. Daar kan een programma in zitten. Bewaar uw logo als PNG en kies dat.", "This is an SVG, which can hold a program. Save your logo as a PNG and choose that.";
        logo_wrong_type: "Dit is geen PNG, JPEG of WebP. Bewaar uw logo als PNG en kies dat.", "This is no PNG, JPEG or WebP. Save your logo as a PNG and choose that.";
        logo_too_large: "Dit bestand is groter dan 1 MB. Bewaar uw logo kleiner en kies dat.", "This file is larger than 1 MB. Save your logo smaller and choose that.";
        logo_too_many: "Dit logo is breder of hoger dan 2.000 punten. Bewaar het kleiner en kies dat.", "This logo is wider or higher than 2,000 pixels. Save it smaller and choose that.";
        logo_too_small: "Dit logo is kleiner dan 32 bij 32 punten. Daar is niets van te zien.", "This logo is smaller than 32 by 32 pixels. Nothing of it would show.";
        logo_broken: "Dit bestand kan niet worden gelezen. Bewaar uw logo opnieuw als PNG en kies dat.", "This file cannot be read. Save your logo as a PNG anew and choose that.";
        accent: "Accentkleur", "Accent colour";
        accent_field: "Eigen kleur", "Own colour";
        accent_hint: "zoals #0f5b66", "such as #0f5b66";
        accent_picker: "Kies een kleur", "Pick a colour";
        accent_note: "Goed leesbaar, altijd", "Readable, always";
        accent_lead: "Akkoord kiest zelf witte of zwarte letters en past de kleur aan waar dat nodig is. U kunt geen onleesbare kleur kiezen.", "Akkoord picks white or black letters and adapts the colour where needed. You cannot pick a colour that is unreadable.";
        ink: "Inkt", "Ink";
        petrol: "Petrol", "Petrol";
        forest: "Bosgroen", "Forest green";
        plum: "Pruim", "Plum";
        brick: "Baksteen", "Brick";
        sunny: "Zonnegeel", "Sunny yellow";
        sample_button: "Bekijk uw aangifte", "Look at your tax return";
        sample_link: "Wijzig", "Change";
        proof_button(ratio: &str): "Knop: {ratio} : 1", "Button: {ratio} : 1";
        proof_light(ratio: &str): "Tekst in licht: {ratio} : 1", "Text in light: {ratio} : 1";
        proof_dark(ratio: &str): "Tekst in donker: {ratio} : 1", "Text in the dark: {ratio} : 1";
        proof: "Zo ziet uw kleur eruit", "What your colour looks like";
        statements: "Verklaring bij akkoord", "Statement at approval";
        statements_lead: "Dit tekent een klant. Een nieuwe tekst geldt voor aangiften die u daarna klaarzet.", "This is what a client signs. A new text counts for returns that you set out afterwards.";
        statement_nl: "In het Nederlands", "In Dutch";
        statement_en: "In het Engels", "In English";
        name_missing: "Zonder naam weten klanten niet wie u bent.", "Without a name clients do not know who you are.";
        phone_malformed: "Vul een telefoonnummer in, zoals 030 234 56 78.", "Fill in a phone number, such as +31 30 234 56 78.";
        accent_malformed: "Dit is geen kleur. Voorbeeld: #0f5b66", "This is not a colour. Example: #0f5b66";
        accent_unreadable: "Letters in of op deze kleur zijn niet goed te lezen. Kies een andere.", "Letters in or on this colour are hard to read. Choose another.";
        statement_missing: "Zonder verklaring is er niets om te tekenen.", "Without a statement there is nothing to sign.";
        statement_too_long: "Hooguit 2.000 tekens.", "At most 2,000 characters.";
        conflict: "Iemand anders heeft dit net opgeslagen", "Somebody else just saved this";
        conflict_lead: "Sla nog eens op om te laten gelden wat hier staat, of bekijk eerst wat er nu geldt.", "Save once more to let what is here count, or look first at what counts now.";
        conflict_look: "Bekijk wat nu geldt", "See what counts now";
        only_administrators: "Alleen een beheerder van uw kantoor kan dit wijzigen.", "Only an administrator of your firm can change this.";
        preview: "Voorbeeld", "Preview";
        preview_screen: "Scherm", "Screen";
        preview_scheme: "Weergave", "Scheme";
        preview_overview: "Overzicht", "Overview";
        preview_welcome: "Welkom", "Welcome";
        preview_mail: "Mail", "Mail";
        light: "Licht", "Light";
        dark: "Donker", "Dark";
        preview_of(screen: &str): "Voorbeeld: {screen}", "Preview: {screen}";
        preview_note: "Zo ziet het portaal eruit op een telefoon, met voorbeeldgegevens.", "What the portal looks like on a phone, with made-up data.";
        preview_saved: "U ziet wat is opgeslagen.", "You see what is saved.";
    }
}
