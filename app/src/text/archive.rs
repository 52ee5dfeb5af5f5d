//! Texts of cached files, of searching the archive, and of the export.

ui::texts! {
    /// Texts about files on this device.
    OfflineFiles {
        title: "Op dit apparaat", "On this device";
        here(size: &str): "Staat op dit apparaat, {size}", "On this device, {size}";
        not_here(size: &str): "Nog niet op dit apparaat, {size}", "Not on this device yet, {size}";
        keep(name: &str): "Bewaar {name} op dit apparaat", "Keep {name} on this device";
        remove(name: &str): "Haal {name} van dit apparaat", "Remove {name} from this device";
        count(there: usize, of: usize): "1 van {of} documenten staat op dit apparaat." | "{there} van {of} documenten staan op dit apparaat.",
            "1 of {of} documents is on this device." | "{there} of {of} documents are on this device.";
        offline_year(year: &str, size: &str): "Bewaar alles van {year}, ook wat er nog bij komt ({size})",
            "Keep all of {year}, also what is still to come ({size})";
        room(used: &str, quota: &str): "Akkoord gebruikt nu {used} van de {quota} die uw browser geeft.",
            "Akkoord now uses {used} of the {quota} that your browser gives.";
        no_room: "Dit past niet meer. Haal eerst andere documenten van dit apparaat.", "This does not fit any more. First remove other documents from this device.";
    }

    /// Texts of searching the archive.
    Search {
        label: "Zoek in alle jaren", "Search all years";
        hint: "Naam of soort document", "Name or kind of document";
        found(n: usize): "1 gevonden" | "{n} gevonden", "1 found" | "{n} found";
        none(what: &str): "Niets gevonden met “{what}”. Probeer een ander woord.", "Nothing found for “{what}”. Try another word.";
        clear: "Wis zoekopdracht", "Clear search";
    }

    /// Texts of the export of everything.
    Export {
        title: "Alles van u meenemen", "Take everything along";
        lead(size: &str): "U krijgt één bestand (ZIP) met al uw antwoorden, berichten, documenten, aangiften en bewijzen, en een pagina om ze te lezen zonder deze app. Ongeveer {size}.",
            "You get one file (ZIP) with all your answers, messages, documents, returns and evidence, and a page to read them without this app. About {size}.";
        begin: "Maak het bestand", "Make the file";
        busy(done: usize, of: usize): "Bezig: {done} van {of} documenten", "Working: {done} of {of} documents";
        ready(name: &str): "{name} staat bij uw downloads. Bewaar het op een veilige plek.", "{name} is in your downloads. Keep it in a safe place.";
        lacking(n: usize): "1 document ontbreekt, omdat het nog niet op dit apparaat staat. Maak het bestand opnieuw met internet." | "{n} documenten ontbreken, omdat ze nog niet op dit apparaat staan. Maak het bestand opnieuw met internet.",
            "1 document is missing, because it is not on this device yet. Make the file again with internet." | "{n} documents are missing, because they are not on this device yet. Make the file again with internet.";
        too_large(size: &str): "Samen is dit {size}. Dat is te veel voor één bestand op dit apparaat. Vraag uw adviseur om een kopie van uw dossier.",
            "Together this is {size}, too much for one file on this device. Ask your advisor for a copy of your file.";
        failed: "Het bestand maken lukte niet. Probeer het opnieuw, of op een laptop.", "Making the file failed. Try again, or on a laptop.";
        made_at(when: &str): "Gemaakt op {when}", "Made on {when}";
        approval_of(name: &str): "Akkoord van {name}", "Approval by {name}";
        evidence: "Bewijs (ZIP)", "Evidence (ZIP)";
        missing: "niet in dit bestand: stond niet op het apparaat", "not in this file: it was not on the device";
        note: "Opmerking", "Note";
    }
}
