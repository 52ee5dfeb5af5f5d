//! The texts of the fields that several forms have.

ui::texts! {
    /// Texts of the fields that several forms have.
    Fields {
        number_missing: "Zonder klantnummer vindt u deze klant niet terug.", "Without a client number you cannot find this client again.";
        number_malformed: "Gebruik 1 tot 20 letters, cijfers, punten of streepjes.", "Use 1 to 20 letters, digits, dots or dashes.";
        number_taken(name: &str): "Dit nummer is al van {name}.", "This number already belongs to {name}.";
        name_missing: "Geef het dossier een naam.", "Give the dossier a name.";
        full_name: "Volledige naam", "Full name";
        given_name: "Voornaam", "Given name";
        email: "E-mailadres", "E-mail address";
        language: "Taal", "Language";
        dutch: "Nederlands", "Dutch";
        english: "Engels", "English";
        cancel: "Annuleren", "Cancel";
        add: "Toevoegen", "Add";
        add_and_invite: "Toevoegen en uitnodigen", "Add and invite";
        full_name_missing: "Vul de volledige naam in.", "Fill in the full name.";
        given_name_missing: "Vul de voornaam in: zo spreken de mails deze persoon aan.", "Fill in the given name: mails greet this person with it.";
        email_missing: "Zonder e-mail kan deze persoon niet inloggen.", "Without e-mail this person cannot log in.";
        email_malformed: "Dit is geen e-mailadres. Voorbeeld: naam@voorbeeld.nl", "This is not an e-mail address. Example: name@example.com";
        too_long: "Dit is te lang, of er staat een teken in dat niet kan.", "This is too long, or has a character that is not possible.";
    }
}
