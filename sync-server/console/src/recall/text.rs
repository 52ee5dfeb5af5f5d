//! The texts of taking something back.

ui::texts! {
    /// Texts of the form and of what became of it.
    Recalling {
        title(what: &str): "Terughalen: {what}", "Take back: {what}";
        delivery(title: &str): "Document ‘{title}’", "Document ‘{title}’";
        message(at: &str): "Bericht van {at}", "Message of {at}";
        back: "Terug naar het dossier", "Back to the dossier";
        lead: "Voor iets wat naar de verkeerde klant ging of niet klopte.", "For something that went to the wrong client or was not right.";
        happens_file: "De klant kan het niet meer openen. Bij het volgende contact verdwijnt het van ieder apparaat, met de bestanden.",
            "The client can no longer open it. At the next contact it leaves every device, with its files.";
        happens_approval: "Een akkoord hierop telt niet meer, en het kan niet worden verstuurd.", "An approval of it no longer counts, and it cannot be filed.";
        happens_mail: "Iedereen van deze klant krijgt een mail, en leest in het portaal uw naam, het moment en de reden.",
            "Everybody of this client gets a mail, and reads your name, the moment and the reason in the portal.";
        happens_kept: "Uw kantoor blijft het zien, met de lijst van wie het heeft gezien. Dit kan niet ongedaan worden gemaakt.",
            "Your firm goes on seeing it, with the list of who has seen it. This cannot be undone.";
        filed: "Deze versie is gemarkeerd als verstuurd. Die markering blijft staan, ook na het terughalen.",
            "This version is marked as filed. The mark stays, also after it is taken back.";
        reason: "Reden", "Reason";
        reason_hint: "De klant leest dit. Noem geen gegevens van iemand anders.", "The client reads this. Name no data of anybody else.";
        reason_missing: "Schrijf waarom u dit terughaalt.", "Write why you take this back.";
        reason_too_long: "Deze reden is te lang.", "This reason is too long.";
        button: "Haal terug", "Take back";
        done(by: &str, at: &str): "Teruggehaald door {by}, {at}", "Taken back by {by}, {at}";
    }
    /// Texts of who has seen it.
    Seen {
        title: "Wie heeft het gezien", "Who has seen it";
        lead: "Een datalek meldt u binnen 72 uur bij de Autoriteit Persoonsgegevens. Dit is wat de server weet.",
            "A data breach is reported to the data protection authority within 72 hours. This is what the server knows.";
        nothing: "Niets bekend", "Nothing known";
        given_once(at: &str): "Kreeg het bestand op een apparaat: {at}", "Was given the file on a device: {at}";
        given(first: &str, last: &str): "Kreeg het bestand op een apparaat: voor het eerst {first}, het laatst {last}",
            "Was given the file on a device: first {first}, last {last}";
        opened(at: &str): "Opende het: {at}", "Opened it: {at}";
        approved(at: &str): "Gaf akkoord: {at}", "Approved: {at}";
        declined(at: &str): "Gaf geen akkoord: {at}", "Declined: {at}";
        pack(at: &str): "Downloadde het bewijspakket, waar het in zit: {at}", "Downloaded the evidence pack, which contains it: {at}";
        read(at: &str): "Las de berichten tot en met dit bericht, uiterlijk {at}", "Read the messages up to this one, by {at}";
        answered(at: &str): "Vulde het in: {at}", "Filled it in: {at}";
        sent(at: &str): "Reageerde erop: {at}", "Answered it: {at}";
        device(name: &str, at: &str): "{name}: kan het hebben, laatste contact {at}", "{name}: may have it, last contact {at}";
        device_gone(name: &str, at: &str): "{name}: had na het terughalen weer contact, {at}", "{name}: was in contact after it was taken back, {at}";
        device_open(name: &str, at: &str): "{name}: nog geen contact na het terughalen, kan het nog hebben; laatste contact {at}",
            "{name}: no contact since it was taken back, may still have it; last contact {at}";
    }
}
