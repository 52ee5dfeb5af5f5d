//! Texts of the passkeys and devices of a login.

ui::texts! {
    /// Texts of the list of passkeys and devices.
    Devices {
        section: "Passkeys en apparaten", "Passkeys and devices";
        passkeys: "Passkeys", "Passkeys";
        devices: "Apparaten", "Devices";
        show: "Laat zien waar ik ben ingelogd", "Show where I am logged in";
        offline: "Hiervoor heeft u internet nodig.", "For this you need internet.";
        never_used: "Nog niet gebruikt", "Not used yet";
        last_used(at: &str): "Gebruikt {at}", "Used {at}";
        signs: "Tekent ook zonder passkey", "Also signs without a passkey";
        this_one: "Dit apparaat", "This device";
        rename: "Hernoem", "Rename";
        name: "Nieuwe naam", "New name";
        keep: "Bewaar", "Save";
        remove: "Verwijder", "Remove";
        sure(name: &str): "{name} verwijderen?", "Remove {name}?";
        sure_passkey: "Met deze passkey kan dan niemand meer inloggen of akkoord geven.", "Nobody can log in or approve with this passkey any more.";
        sure_device: "Dit apparaat wordt uitgelogd. Wat daar nog niet is verstuurd, blijft daar staan.", "The device is logged out. What it has not sent yet stays on it.";
        stay: "Niet verwijderen", "Do not remove";
        add: "Maak nog een passkey", "Make another passkey";
        end_sessions: "Log uit op alle andere apparaten", "Log out on all other devices";
        end_sessions_hint: "Wat daar nog niet is verstuurd, blijft daar staan.", "What has not been sent there yet stays there.";
        second: "U heeft één passkey. Maak een tweede, bijvoorbeeld op uw laptop. Dan kunt u er altijd in als u dit apparaat kwijt bent.",
            "You have one passkey. Make a second one, on your laptop for instance. Then you can always get in when this device is lost.";
    }
}
