//! The texts of the form for a new client.

ui::texts! {
    /// Texts of the form for a new client.
    NewClient {
        title: "Klant toevoegen", "Add client";
        lead(year: i16): "Daarna staat het dossier {year} open en kunt u de uitnodigingen versturen.", "Then the {year} dossier is open and you can send the invitations.";
        client: "Klant", "Client";
        number: "Klantnummer", "Client number";
        number_hint: "zoals in uw eigen administratie", "as in your own records";
        name: "Naam van het dossier", "Name of the dossier";
        name_hint: "bijvoorbeeld Marieke Jansen en Thomas Bakker", "for instance Marieke Jansen and Thomas Bakker";
        person: "Persoon", "Person";
        partner: "Fiscale partner", "Tax partner";
        partner_hint: "leeg laten als er geen is", "leave empty if there is none";
    }
}
