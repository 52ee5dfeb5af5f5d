//! Texts about what the firm took back.

ui::texts! {
    /// Texts about what the firm took back.
    Recall {
        title: "Teruggehaald", "Taken back";
        by(name: &str, at: &str, reason: &str): "Teruggehaald door {name}, {at}: {reason}", "Taken back by {name}, {at}: {reason}";
        gone: "U kunt het niet meer openen, en het staat niet meer op dit apparaat.", "You cannot open it any more, and it is no longer on this device.";
        tax_return: "Een aangifte", "A tax return";
        delivery: "Een document in uw archief", "A document in your archive";
        message: "Een bericht", "A message";
        checklist: "Een checklist", "A checklist";
        request: "Een verzoek om documenten", "A request for documents";
    }
}
