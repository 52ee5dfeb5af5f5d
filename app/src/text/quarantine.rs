//! Texts about changes in quarantine, which the firm did not accept.

ui::texts! {
    /// Texts about changes that will stay on this device.
    Quarantine {
        title(n: usize): "1 ding kon niet naar uw kantoor" | "{n} dingen konden niet naar uw kantoor",
            "1 thing could not go to your firm" | "{n} things could not go to your firm";
        body: "U schreef het hier, en het kantoor kon het niet meer aannemen: bijvoorbeeld omdat een jaar niet meer van dit dossier is. Het staat alleen op dit apparaat. Bewaar het als bestand, en bel uw adviseur als het er toch bij hoort.",
            "You wrote it here, and the firm could no longer take it: because a year is no longer part of this file, for instance. It is only on this device. Save it to a file, and phone your advisor if it does belong there.";
        save: "Bewaar als bestand", "Save to a file";
        file: "niet-aangenomen.json", "not-taken.json";
    }
}
