//! The console's texts about how an approval was signed.

ui::texts! {
    /// Texts about the level of a signature.
    Signed {
        device_key: "Sleutel van het apparaat", "Key of the device";
        device_key_note: "Getekend zonder passkey, met een sleutel die eerder met een passkey is gewaarmerkt.",
            "Signed without a passkey, with a key that a passkey certified beforehand.";
        confirmed: "Bevestigd met passkey", "Confirmed with a passkey";
        not_confirmed: "Nog niet. Het apparaat vraagt erom.", "Not yet. The device asks for it.";
        unknown_device_key: "Sleutel van het apparaat is niet gewaarmerkt", "Key of the device is not certified";
        certified(who: &str): "{who} kan op een apparaat tekenen zonder passkey", "{who} can sign on a device without a passkey";
        countersigned(who: &str): "{who} bevestigde het akkoord met een passkey", "{who} confirmed the approval with a passkey";
        countersigned_wrongly(who: &str): "Bevestiging van {who} was niet geldig", "Confirmation of {who} was not valid";
        flawed(number: u64, why: &str): "Versie {number}: {why}", "Revision {number}: {why}";
        for_something_else: "ondertekend voor iets anders", "signed for something else";
        on_another_site: "ondertekend op een andere website", "signed on another website";
        without_check: "zonder controle van vinger, gezicht of pincode", "without a check of finger, face or PIN";
        does_not_fit: "de handtekening past niet", "the signature does not fit";
        by_device_key(number: u64): "Versie {number}, met de sleutel van het apparaat", "Revision {number}, with the key of the device";
    }
}
