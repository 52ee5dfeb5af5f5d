//! The texts about documents of the client and requests for them.

ui::texts! {
    /// Texts about documents of the client and requests for them.
    Documents {
        all: "Alle", "All";
        take_out: "Alles (zip)", "Everything (zip)";
        take_out_what: "met antwoorden, aangiften en akkoorden", "with answers, returns and approvals";
        to_see: "Te bekijken", "To look at";
        taken_in: "Ingeboekt", "Taken in";
        sent_back: "Teruggestuurd", "Sent back";
        replaced: "Vervangen", "Replaced";
        filter: "Welke documenten", "Which documents";
        none: "Hier zijn geen documenten.", "There are no documents here.";
        look_at(name: &str): "Bekijk {name}", "Look at {name}";
        preview(name: &str): "Voorbeeld van {name}", "Preview of {name}";
        no_preview: "Dit bestand toont de browser niet. Download het om het te bekijken.", "The browser does not show this file. Download it to look at it.";
        copy_shown: "U ziet een kopie zonder programma’s en bijlagen. Het bestand zelf blijft zoals het is gestuurd.", "You see a copy without programs and attached files. The file itself stays as it was sent.";
        original: "Download het bestand zelf", "Download the file itself";
        open_apart: "Open in een eigen tabblad", "Open in a tab of its own";
        close: "Sluit voorbeeld", "Close preview";
        take_in: "Boek in", "Take in";
        send_back: "Stuur terug en mail", "Send back and mail";
        remark: "Wat is er mee?", "What is wrong with it?";
        remark_hint: "de klant leest dit", "the client reads this";
        remark_missing: "Schrijf wat er mee is. De klant leest dat.", "Write what is wrong. The client reads it.";
        remark_too_long: "Hooguit 500 tekens.", "At most 500 characters.";
        said(remark: &str): "Teruggestuurd: {remark}", "Sent back: {remark}";
        gone: "Dit document is ingetrokken, vervangen of nog niet binnen. Er is niets veranderd.", "This document was taken back, replaced or has not arrived. Nothing changed.";
        belongs_to(item: &str): "voor: {item}", "for: {item}";
        item_title: "Document", "Document";
        item_year: "Over jaar", "Over year";
        item_example: "Voorbeeld of uitleg", "Example or explanation";
        more: "Nog een regel", "One more row";
        rows_hint: "Lege regels blijven weg.", "Empty rows are left out.";
        item_untitled: "Zeg welk document u bedoelt.", "Say which document you mean.";
        item_malformed: "Dit is te lang.", "This is too long.";
        year_malformed: "Dit is geen jaar. Voorbeeld: 2025", "This is not a year. Example: 2025";
        item_open: "Open", "Open";
        item_received(n: usize): "{n} ontvangen" | "{n} ontvangen", "{n} received" | "{n} received";
        item_on_the_way: "Onderweg", "On the way";
        not_applicable(name: &str): "N.v.t., zegt {name}", "N/A, says {name}";
        dont_have(name: &str, reason: &str): "{name} heeft dit niet: {reason}", "{name} does not have it: {reason}";
        your_turn: "Bekijk wat er binnen is", "Look at what came in";
        all_in: "Alles binnen", "All is in";
        answered_of(answered: usize, all: usize): "{answered} van {all}", "{answered} of {all}";
    }
}
