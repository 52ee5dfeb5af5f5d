//! Texts of documents that the firm put into the archive, and of paying.

ui::texts! {
    /// Texts of the firm's documents.
    Delivered {
        filed_return: "Aangifte zoals verstuurd", "Tax return as filed";
        assessment: "Aanslag van de Belastingdienst", "Assessment of the tax authority";
        letter: "Brief van uw adviseur", "Letter from your advisor";
        to_pay(amount: &str): "€ {amount} te betalen", "€ {amount} to pay";
        returned(amount: &str): "€ {amount} terug", "€ {amount} back";
        due(date: &str): "voor {date}", "by {date}";
        of(name: &str): "van {name}", "of {name}";
        open(name: &str): "Open {name}", "Open {name}";
        pay: "Betalen", "Pay";
        pay_lead: "Scan de code met de app van uw bank, of neem de gegevens over. Kijk na of alles klopt.",
            "Scan the code with your bank’s app, or copy the details. Check that everything is right.";
        to: "Naar", "To";
        amount: "Bedrag", "Amount";
        iban: "Rekening", "Account";
        reference: "Betalingskenmerk", "Payment reference";
        copy(what: &str): "Kopieer {what}", "Copy {what}";
        copied(what: &str): "{what} gekopieerd", "{what} copied";
        not_copied: "Kopiëren lukte niet. Typ de gegevens over.", "Copying failed. Type the details instead.";
        code(amount: &str, reference: &str): "QR-code voor uw bank: € {amount} aan de Belastingdienst met betalingskenmerk {reference}. Alle gegevens staan hieronder.",
            "QR code for your bank: € {amount} to the Belastingdienst with payment reference {reference}. All details are below.";
    }
}
