//! The texts of the editor of mails.

ui::texts! {
    /// Texts of the editor of mails.
    MailEditor {
        title: "E-mailsjablonen", "Mail templates";
        to_clients: "Aan uw klant", "To your client";
        to_firm: "Aan uw kantoor", "To your firm";
        changed: "Aangepast", "Changed";
        language: "Taal van de mail", "Language of the mail";
        save: "Opslaan", "Save";
        send_test: "Stuur test naar mij", "Send me a test";
        reset: "Terug naar standaard", "Back to the default";
        subject: "Onderwerp", "Subject";
        preview_line: "Regel in de lijst van mails", "Line in the list of mails";
        status: "Label boven de kop", "Label above the heading";
        optional: "mag leeg", "may be empty";
        heading: "Kop", "Heading";
        button: "Tekst op de knop", "Text on the button";
        body: "Tekst", "Text";
        body_hint: "Een lege regel begint een nieuwe alinea. [knop] zet de knop neer, [lijst] de lijst, een regel met > wordt klein.",
            "An empty line begins a new paragraph. [button] puts the button, [list] the list, a line with > becomes small.";
        optional_hint: "Wat tussen [[ en ]] staat, valt weg als een variabele daarin leeg is.",
            "What stands between [[ and ]] is left out when a variable in it is empty.";
        fixed: "Het stukje ‘Is deze mail echt?’ onder aan de mail staat vast.", "The part ‘Is this mail real?’ at the end of the mail is fixed.";
        variables: "Variabelen", "Variables";
        variables_hint: "Typ een variabele tussen accolades.", "Type a variable between braces.";
        insert(name: &str): "Voeg {name} in", "Insert {name}";
        preview: "Voorbeeld", "Preview";
        preview_of(name: &str): "Voorbeeld van: {name}", "Preview of: {name}";
        preview_client: "Met de gegevens van klantnummer", "With the data of client number";
        show_preview: "Toon voorbeeld", "Show preview";
        as_text: "Als platte tekst", "As plain text";
        from(name: &str): "Van: {name}", "From: {name}";
        versions: "Versies", "Versions";
        no_versions: "Uw kantoor gebruikt de standaardtekst.", "Your firm uses the default text.";
        version(who: &str, at: &str): "{who}, {at}", "{who}, {at}";
        version_standard: "terug naar standaard", "back to the default";
        version_now: "geldt nu", "counts now";
        open_version: "Bekijk en zet terug", "Look and restore";
        old_version(at: &str): "Dit is de versie van {at}. Sla op om haar terug te zetten.", "This is the version of {at}. Save to restore it.";
        saved: "Opgeslagen. Mails die vanaf nu worden geschreven, gebruiken deze tekst.", "Saved. Mails written from now on use this text.";
        test_sent(to: &str): "De test is onderweg naar {to}. Er is niets opgeslagen.", "The test is on its way to {to}. Nothing was saved.";
        conflict(who: &str, at: &str): "{who} heeft deze mail net opgeslagen ({at}). Uw tekst staat hieronder en is nog niet opgeslagen.",
            "{who} saved this mail just now ({at}). Your text stands below and is not saved yet.";
        conflict_lead: "Sla nog eens op om uw tekst te laten gelden, of bekijk eerst de andere.",
            "Save once more to let your text count, or look at the other one first.";
        theirs: "Bekijk de andere tekst", "Look at the other text";
        mistakes: "Er is nog niets opgeslagen. Kijk bij de velden hieronder.", "Nothing was saved yet. Look at the fields below.";
        unknown(line: usize, column: usize, name: &str): "Regel {line}, teken {column}: de variabele {name} bestaat niet in deze mail.",
            "Line {line}, character {column}: this mail has no variable {name}.";
        unclosed(line: usize, column: usize, mark: &str): "Regel {line}, teken {column}: bij {mark} ontbreekt het einde.",
            "Line {line}, character {column}: {mark} has no end.";
        stray(line: usize, column: usize, mark: &str): "Regel {line}, teken {column}: {mark} hoort hier niet.",
            "Line {line}, character {column}: {mark} does not belong here.";
        no_button: "Zet [knop] precies één keer in de tekst, op een eigen regel.", "Put [button] into the text exactly once, on a line of its own.";
        facts(line: usize): "Regel {line}: schrijf een feit als | naam | waarde", "Line {line}: write a fact as | name | value";
        empty: "Dit kan niet leeg zijn.", "This cannot be empty.";
        too_long(most: usize): "Dit heeft hooguit {most} tekens, op één regel.", "This has at most {most} characters, on one line.";
        too_long_body(most: usize): "Dit heeft hooguit {most} tekens.", "This has at most {most} characters.";
        only_administrators: "Alleen een beheerder van uw kantoor kan mails wijzigen.", "Only an administrator of your firm can change mails.";
        no_such_client: "Deze klant is er niet; u ziet verzonnen gegevens.", "There is no such client; you see made-up data.";
    }
}
