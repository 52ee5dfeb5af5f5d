//! Texts about changes in quarantine, which the firm did not accept.

ui::texts! {
    /// Texts about changes that will stay on this device.
    Quarantine {
        title(n: usize): "1 ding kon niet naar uw kantoor" | "{n} dingen konden niet naar uw kantoor",
            "1 thing could not go to your firm" | "{n} things could not go to your firm";
        body: "U schreef het hier, en het kantoor kon het niet meer aannemen: bijvoorbeeld omdat een jaar niet meer van dit dossier is. Het staat alleen op dit apparaat. Bewaar het als bestand, en bel uw adviseur als het er toch bij hoort.",
            "You wrote it here, and the firm could no longer take it: because a year is no longer part of this file, for instance. It is only on this device. Save it to a file, and phone your advisor if it does belong there.";
        unsent_title(n: usize): "1 ding staat alleen op dit apparaat" | "{n} dingen staan alleen op dit apparaat",
            "1 thing is only on this device" | "{n} things are only on this device";
        unsent_body: "U schreef het hier, en het kon nog niet naar uw kantoor. Het gaat vanzelf zodra dat kan. Wilt u zeker zijn? Bewaar het dan ook als bestand.",
            "You wrote it here, and it could not go to your firm yet. It goes by itself as soon as it can. Do you want to be sure? Then also save it to a file.";
        unsent_file: "niet-verstuurd.json", "not-sent.json";
        save: "Bewaar als bestand", "Save to a file";
        file: "niet-aangenomen.json", "not-taken.json";
    }
}
