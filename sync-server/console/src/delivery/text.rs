//! The texts of the archive.

ui::texts! {
    /// Texts about documents that the firm adds to the archive.
    Archive {
        title: "In het archief van de klant", "In the client’s archive";
        none: "Er staat nog niets van u in het archief.", "Nothing of yours is in the archive yet.";
        put: "Zet iets in het archief", "Put something in the archive";
        kind: "Soort", "Kind";
        assessment: "Aanslag", "Assessment";
        filed_return: "Verstuurde aangifte", "Filed tax return";
        letter: "Brief of ander document", "Letter or other document";
        kind_missing: "Kies een soort.", "Choose a kind.";
        not_filed: "Er is voor dit jaar nog geen aangifte verstuurd. Markeer hem eerst als verstuurd.", "No return of this year was filed yet. Mark it as filed first.";
        name: "Naam", "Name";
        name_hint: "zo ziet de klant het", "what the client sees";
        name_missing: "Geef het document een naam.", "Give the document a name.";
        name_too_long: "Hooguit 120 tekens.", "At most 120 characters.";
        file: "PDF", "PDF";
        file_missing: "Kies de PDF.", "Choose the PDF.";
        only_assessment: "Alleen voor een aanslag", "For an assessment only";
        about: "Over welke verstuurde aangifte", "About which filed return";
        about_hint: "De aanslag wordt dan vergeleken met wat is verstuurd.", "The assessment is then compared with what was filed.";
        about_none: "geen van deze", "none of these";
        about_missing: "Kies de aangifte.", "Choose the return.";
        about_another: "Deze aangifte is van iemand anders.", "This return is somebody else’s.";
        zvw_of(name: &str): "{name}, bijdrage Zvw", "{name}, Zvw contribution";
        dated: "Dagtekening", "Date of the assessment";
        as_filed: "Gelijk aan de aangifte", "Same as the return";
        better(amount: &str): "€ {amount} gunstiger dan de aangifte", "€ {amount} better than the return";
        worse(amount: &str): "€ {amount} ongunstiger dan de aangifte", "€ {amount} worse than the return";
        objection(day: &str): "Bezwaar tot en met {day}", "Objection until {day}";
        person: "Voor wie", "For whom";
        way: "Wat is de uitkomst?", "What is the outcome?";
        pay: "Moet betalen", "Has to pay";
        back: "Krijgt terug", "Gets back";
        amount: "Bedrag", "Amount";
        amount_missing: "Vul het bedrag in. Is het nul, vul dan 0 in.", "Fill in the amount. If it is zero, fill in 0.";
        amount_malformed: "Dit is geen bedrag. Voorbeeld: 1.284 of 1284,50", "This is not an amount. Example: 1.284 or 1284,50";
        due: "Betalen voor", "Pay by";
        iban: "Rekeningnummer (IBAN)", "Account number (IBAN)";
        iban_wrong: "Dit rekeningnummer klopt niet. Kijk de cijfers na.", "This account number is wrong. Check its digits.";
        reference: "Betalingskenmerk", "Payment reference";
        reference_hint: "16 cijfers", "16 digits";
        reference_wrong: "Dit betalingskenmerk klopt niet. Kijk de 16 cijfers na.", "This payment reference is wrong. Check its 16 digits.";
        to_pay(amount: &str): "€ {amount} te betalen", "€ {amount} to pay";
        returned(amount: &str): "€ {amount} terug", "€ {amount} back";
        button: "Zet in archief en mail", "Put in archive and mail";
        by(name: &str, at: &str): "{name}, {at}", "{name}, {at}";
        open(name: &str): "Open {name}", "Open {name}";
    }
}
