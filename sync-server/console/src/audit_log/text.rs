//! The texts of the page about the audit log.

ui::texts! {
    /// Texts about the audit log and its checkpoints.
    AuditLog {
        title: "Auditlog", "Audit log";
        lead: "Wie deed wat, en wanneer. Elke gebeurtenis is vastgeketend aan de vorige: wijzigen, weglaten of verplaatsen valt op.",
            "Who did what, and when. Each event is chained to the one before: what is changed, left out or moved shows.";
        events(n: u64): "{n} gebeurtenis van uw kantoor" | "{n} gebeurtenissen van uw kantoor", "{n} event of your firm" | "{n} events of your firm";
        download: "Download het auditlog", "Download the audit log";
        download_note: "Ook het downloaden komt in het log. Bewaar de bestanden buiten deze server: een eerder bestand telt als controlepunt. Zo controleert u er een:",
            "The download is in the log too. Keep the files outside this server: an earlier file counts as a checkpoint. This is how to check one:";
        command: "akkoord audit verify AUDITLOG --checkpoint CONTROLEPUNT", "akkoord audit verify AUDITLOG --checkpoint CHECKPOINT --language en";
        checkpoints: "Controlepunten", "Checkpoints";
        checkpoints_note: "Een controlepunt is het zegel van de server op de stand van het log. Bewaar ze buiten deze server: daarmee valt ook op dat er een stuk van het einde is verdwenen.",
            "A checkpoint is the server’s seal on the state of the log. Keep them outside this server: with one it also shows that a part of the end is gone.";
        none: "Nog geen. De server maakt er elke dag een.", "None yet. The server makes one each day.";
        checkpoint(n: u64, at: &str): "{at}, {n} gebeurtenis" | "{at}, {n} gebeurtenissen", "{at}, {n} event" | "{at}, {n} events";
        get: "Download", "Download";
        seal: "Openbare sleutel van het zegel", "Public key of the seal";
    }
}
