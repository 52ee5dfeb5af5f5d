//! Texts of document requests and of the firm's judgement of documents.

ui::texts! {
    /// Texts of a document request, item by item.
    Request {
        lead(advisor: &str): "{advisor} vraagt om deze documenten. Stuur ze een voor een, of zeg waarom het niet kan.",
            "{advisor} asks for these documents. Send them one by one, or say why you cannot.";
        done: "U heeft alles gedaan. Uw adviseur bekijkt wat u stuurde.", "You did everything. Your advisor looks at what you sent.";
        over: "Deze vraag is afgerond.", "This request is finished.";
        left(n: usize): "Nog 1 document" | "Nog {n} documenten", "1 document to go" | "{n} documents to go";
        over_year(year: i16): "Over {year}", "About {year}";
        open: "Open", "Open";
        on_device: "Op dit apparaat", "On this device";
        state_sent: "Verstuurd", "Sent";
        received: "Ontvangen", "Received";
        state_taken_in: "Verwerkt", "Processed";
        state_sent_back: "Stuur opnieuw", "Send again";
        state_not_applicable: "Niet van toepassing", "Not applicable";
        state_dont_have: "Heeft u niet", "You do not have it";
        sent(firm: &str): "Verstuurd, {firm} bevestigt de ontvangst zo", "Sent, {firm} will confirm it shortly";
        with_other(name: &str): "Onderweg vanaf het toestel van {name}", "On its way from {name}’s device";
        taken_in(firm: &str, when: &str): "Verwerkt door {firm}, {when}", "Processed by {firm}, {when}";
        sent_back(remark: &str): "Teruggestuurd: {remark}", "Sent back: {remark}";
        replaced: "Vervangen door een ander document", "Replaced by another document";
        replies: "Uw antwoord op gevraagde documenten", "Your answer about requested documents";
        photo: "Maak een foto", "Take a photo";
        photo_for(item: &str): "Maak een foto van {item}", "Take a photo of {item}";
        file: "Kies een bestand", "Choose a file";
        file_for(item: &str): "Kies een bestand voor {item}", "Choose a file for {item}";
        replace: "Stuur een ander", "Send another one";
        replace_for(name: &str): "Stuur een ander document in plaats van {name}", "Send another document in place of {name}";
        not_applicable: "N.v.t.", "N/A";
        not_applicable_for(item: &str): "N.v.t.: {item}", "N/A: {item}";
        dont_have: "Heb ik niet", "I don’t have it";
        dont_have_for(item: &str): "Heb ik niet: {item}", "I don’t have it: {item}";
        why(item: &str): "Waarom heeft u {item} niet?", "Why do you not have {item}?";
        why_missing: "Schrijf kort waarom, dan kan uw adviseur verder.", "Write briefly why, so that your advisor can go on.";
        keep: "Bewaar", "Save";
        cancel: "Toch niet", "Never mind";
        undo: "Toch sturen", "Send it after all";
        undo_for(item: &str): "Toch sturen: {item}", "Send it after all: {item}";
        because(reason: &str): "Reden: {reason}", "Reason: {reason}";
    }
}
