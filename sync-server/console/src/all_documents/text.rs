//! The texts of a ZIP file with all documents: names in it, and its indexes.

ui::texts! {
    /// Names of files and folders.
    Named {
        answers: "Antwoorden", "Answers";
        documents: "Documenten", "Documents";
        messages: "Berichten", "Messages";
        returns: "Aangiften", "Returns";
        approvals: "Akkoord", "Approvals";
        archive: "Archief", "Archive";
        index: "Inhoud", "Contents";
        overview: "Overzicht", "Overview";
        revision(title: &str, taxpayers: &str, number: u32): "{title} {taxpayers}, versie {number}", "{title} {taxpayers}, revision {number}";
        approval(name: &str, what: &str): "Akkoord {name}, {what}", "Approval {name}, {what}";
        paper(name: &str, what: &str): "Akkoord op papier {name}, {what}", "Approval on paper {name}, {what}";
    }
    /// Texts of the indexes.
    Index {
        title(client: &str, number: &str, year: i16): "{client} ({number}), {year}", "{client} ({number}), {year}";
        lead(firm: &str, who: &str, at: &str): "{firm}. Gedownload door {who}, {at}.", "{firm}. Downloaded by {who}, {at}.";
        path: "Bestand", "File";
        kind: "Soort", "Kind";
        from: "Van", "From";
        at: "Wanneer", "When";
        size: "Bytes", "Bytes";
        hash: "BLAKE3", "BLAKE3";
        remark: "Opmerking", "Remark";
        absent(n: usize): "{n} bestand staat er niet in: zie de opmerking." | "{n} bestanden staan er niet in: zie de opmerkingen.", "{n} file is not in here: see the remark." | "{n} files are not in here: see the remarks.";
        never_arrived: "Nooit aangekomen", "Never arrived";
        withdrawn: "Ingetrokken door de klant", "Withdrawn by the client";
        recalled: "Teruggehaald door het kantoor", "Taken back by the firm";
        no_evidence: "Hierover is geen bewijs", "There is no evidence of it";
        answers_of(given: &str): "Antwoorden: {given}", "Answers: {given}";
        void: "Vervangen door een nieuwere versie", "Replaced by a newer revision";
        filed(at: &str): "Verstuurd aan de Belastingdienst, {at}", "Filed with the tax authority, {at}";
        overview_title(year: i16): "Documenten van {year}", "Documents of {year}";
        number: "Klantnummer", "Client number";
        client: "Klant", "Client";
        folder: "Map", "Folder";
        files: "Bestanden", "Files";
        missing: "Ontbreekt", "Missing";
        unopened(year: i16): "{year} is voor deze klant niet geopend", "{year} was not opened for this client";
    }
}
