//! Texts of paying the tax authority.

ui::texts! {
    /// Texts of how something is paid, and of the screen on which it is asked.
    PaymentText {
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
        lead(name: &str): "{name} heeft uw aangifte verstuurd. Dit moet u zelf betalen; er komt geen aanslag.", "{name} has filed your return. You pay this yourself; no assessment will follow.";
        last_day(day: &str): "Uiterlijk {day} op de rekening van de Belastingdienst", "In the tax authority’s account by {day}";
        no_reference: "Het betalingskenmerk staat op de aangifte of in de brief van de Belastingdienst.", "The payment reference is on the return or in the tax authority’s letter.";
        computed: "Het betalingskenmerk is berekend. Staat er een ander kenmerk op papier van de Belastingdienst? Dan geldt dat.", "The payment reference was computed. If a paper of the tax authority has another one, that one counts.";
        paid: "Ik heb betaald", "I have paid";
        is_paid(name: &str): "Betaald, volgens {name}", "Paid, says {name}";
        not_paid: "Toch niet betaald", "Not paid after all";
        withdrawn: "Uw adviseur vraagt dit niet meer. Betaal dit niet.", "Your advisor no longer asks this. Do not pay it.";
    }
}
