//! The texts of the steps of an import.

use crate::part::tax_numbers::text::NumberWords;
use dossiers::import::columns::{Detail, Field};

ui::texts! {
    /// Texts of the steps of an import.
    Importing {
        title: "Klanten importeren", "Import clients";
        lead: "Kies een CSV-bestand uit uw relatiebeheer of spreadsheet: één regel per huishouden, met twee partners op een regel als die er zijn.", "Choose a CSV file from your records or spreadsheet: one row per household, with two partners in a row where there are two.";
        steps: "Stappen", "Steps";
        step_file: "Bestand", "File";
        step_columns: "Kolommen", "Columns";
        step_check: "Controle", "Check";
        step_invite: "Uitnodigen", "Invite";
        file: "CSV-bestand", "CSV file";
        file_hint: "puntkomma of komma, hooguit 10 MB en 50.000 regels", "semicolon or comma, at most 10 MB and 50,000 rows";
        upload: "Lees het bestand", "Read the file";
        sample: "Download een voorbeeld", "Download a sample";
        current: "Download uw klanten met BSN en fiscale nummers", "Download your clients with BSN and tax numbers";
        other_file: "Ander bestand", "Another file";
        discard: "Gooi weg", "Discard";
        earlier: "Eerdere imports", "Earlier imports";
        waiting_state: "Nog niet uitgevoerd", "Not carried out yet";
        running_state: "Bezig", "Under way";
        done_state: "Klaar", "Done";
        rows(n: usize): "{n} regel" | "{n} regels", "{n} row" | "{n} rows";
        columns_title: "Wat staat er in elke kolom?", "What is in each column?";
        columns_lead: "Wij hebben een voorstel gedaan. Uw keuze onthouden we voor de volgende keer.", "We have made a proposal. We remember your choice for the next time.";
        heading: "Kolom in uw bestand", "Column in your file";
        samples: "Voorbeelden", "Samples";
        meaning: "Is", "Is";
        nothing: "Niet meenemen", "Leave out";
        column_of(heading: &str): "Kolom {heading} is", "Column {heading} is";
        nameless(n: usize): "Kolom {n}" | "Kolom {n}", "Column {n}" | "Column {n}";
        check: "Controleer", "Check";
        no_number: "Kies de kolom met het klantnummer: daaraan herkennen we een klant.", "Choose the column with the client number: we know a client by it.";
        no_name: "Kies de kolom met de naam, of die met voornaam en achternaam.", "Choose the column with the name, or those with given name and surname.";
        no_email: "Kies de kolom met het e-mailadres: zonder kan niemand inloggen.", "Choose the column with the e-mail address: without one nobody can log in.";
        twice(field: &str): "Twee kolommen zijn {field}. Kies er één.", "Two columns are {field}. Choose one.";
        good: "Goed", "Good";
        good_sub: "nieuwe klanten, kunnen direct mee", "new clients, ready to go";
        look: "Let op", "Look";
        look_sub(n: usize): "bestaan al of delen een adres; {n} gaat mee" | "bestaan al of delen een adres; {n} gaan mee", "exist already or share an address; {n} goes along" | "exist already or share an address; {n} go along";
        repair: "Herstel nodig", "Needs repair";
        repair_sub: "slaan we over tot u ze herstelt", "left out until you repair them";
        no_mail: "Er gaat nog geen mail uit", "No mail leaves yet";
        no_mail_sub: "Uitnodigen doet u in de volgende stap. Alleen wie al inlogt, hoort het als zijn e-mailadres wijzigt.", "You invite in the next step. Only who logs in already is told when their e-mail address changes.";
        unchanged(n: usize): "{n} klant staat er al precies zo in." | "{n} klanten staan er al precies zo in.", "{n} client is there already, just like this." | "{n} clients are there already, just like this.";
        start(n: usize): "Importeer {n} klant" | "Importeer {n} klanten", "Import {n} client" | "Import {n} clients";
        nothing_to_do: "Er is niets om te importeren.", "There is nothing to import.";
        show: "Toon", "Show";
        only_attention(n: usize): "Wat aandacht vraagt ({n})" | "Wat aandacht vraagt ({n})", "What needs attention ({n})" | "What needs attention ({n})";
        everything(n: usize): "Alles ({n})" | "Alles ({n})", "Everything ({n})" | "Everything ({n})";
        as_csv(n: usize): "Deze regel als CSV" | "Deze {n} regels als CSV", "This row as CSV" | "These {n} rows as CSV";
        none_shown: "Geen enkele regel vraagt aandacht.", "No row needs attention.";
        caption: "Regels van het bestand", "Rows of the file";
        line: "Regel", "Row";
        person: "Naam", "Name";
        number: "Nummer", "Number";
        email: "E-mail", "E-mail";
        bsn: "BSN", "BSN";
        partner: "Fiscaal partner", "Tax partner";
        other: "Verder", "Besides";
        verdict: "Oordeel", "Verdict";
        recheck: "Bewaar en controleer opnieuw", "Save and check again";
        is_new: "Nieuw", "New";
        is_known: "Bestaat al", "Exists already";
        is_same: "Ongewijzigd", "Unchanged";
        is_double: "Dubbel adres", "Shared address";
        is_wrong: "Herstel", "Repair";
        was: "Was:", "Was:";
        becomes: "Wordt:", "Becomes:";
        empty: "leeg", "empty";
        take_change: "Werk bij", "Update";
        take_double: "Toch meenemen", "Take all the same";
        of_line(what: &str, line: u32): "{what}, regel {line}", "{what}, row {line}";
        fill_in: "Vul in", "Fill in";
        running_title: "Bezig met importeren", "Importing";
        running_lead: "U kunt deze pagina verlaten: het gaat door, en hier ziet u hoever het is.", "You can leave this page: it goes on, and here you see how far it is.";
        progress(done: usize, all: usize): "{done} van {all} regels" | "{done} van {all} regels", "{done} of {all} rows" | "{done} of {all} rows";
        refresh: "Ververs", "Refresh";
        done_title: "Import klaar", "Import done";
        done_lead(n: usize): "{n} klant staat erin." | "{n} klanten staan erin.", "{n} client is in." | "{n} clients are in.";
        added: "Nieuw of bijgewerkt", "New or updated";
        left_out: "Overgeslagen", "Left out";
        same: "Ongewijzigd", "Unchanged";
        left_out_lead: "Herstel deze regels in het bestand en importeer ze opnieuw; wat er al in staat, komt er niet dubbel in.", "Repair these rows in the file and import them again; what is in already does not come in twice.";
        to_clients: "Naar de klanten", "To the clients";
        invite(n: usize): "Nodig {n} klant uit" | "Nodig {n} klanten uit", "Invite {n} client" | "Invite {n} clients";
        invite_lead: "Eerst ziet u wie er een mail krijgt en wie niet.", "First you see who gets a mail and who does not.";
        failed_empty: "Kies een bestand waar iets in staat.", "Choose a file that is not empty.";
        failed_large: "Dit bestand is groter dan 10 MB. Splits het in delen.", "This file is larger than 10 MB. Split it into parts.";
        failed_workbook: "Dit is een Excel-werkmap. Kies in Excel *Opslaan als* en dan *CSV UTF-8*.", "This is an Excel workbook. Choose *Save as* in Excel and then *CSV UTF-8*.";
        failed_binary: "Dit is geen CSV-bestand: er staan tekens in die geen tekst zijn.", "This is no CSV file: it holds characters that are no text.";
        failed_rows: "Dit bestand heeft meer dan 50.000 regels. Splits het in delen.", "This file has more than 50,000 rows. Split it into parts.";
        failed_columns: "Dit bestand heeft meer dan 60 kolommen. Laat weg wat niet nodig is.", "This file has more than 60 columns. Leave out what is not needed.";
        failed_cells(line: u32): "Regel {line} heeft meer dan 200 cellen. Haal weg wat daar te veel staat.", "Row {line} has more than 200 cells. Remove what is too much there.";
        failed_complex: "Dit bestand vraagt te veel van de server. Splits het in delen.", "This file asks too much of the server. Split it into parts.";
        failed_endless(line: u32): "Op regel {line} begint een cel die niet ophoudt. Waarschijnlijk ontbreekt daar een aanhalingsteken.", "A cell begins on line {line} that does not end. A quotation mark is probably missing there.";
        failed_headings: "De eerste regel moet de namen van de kolommen bevatten, zoals Klantnummer; Naam; E-mail.", "The first line must hold the names of the columns, such as Client number; Name; E-mail.";
        failed_no_rows: "Onder de kolomnamen staan geen regels.", "There are no rows below the headings.";
    }
    /// Names of what a column can contain.
    Columns {
        number: "Klantnummer", "Client number";
        name: "Naam van het dossier", "Name of the dossier";
        advisor: "Adviseur", "Advisor";
        tags: "Labels", "Tags";
        full_name: "Volledige naam", "Full name";
        given_name: "Voornaam", "Given name";
        infix: "Tussenvoegsel", "Infix";
        surname: "Achternaam", "Surname";
        email: "E-mail", "E-mail";
        phone: "Telefoon", "Phone";
        bsn: "BSN", "BSN";
        language: "Taal (nl of en)", "Language (nl or en)";
        of_partner(what: &str): "{what} van de partner", "{what} of the partner";
    }
    /// Sentences about what is wrong with a row.
    Faults {
        number_missing: "Zonder klantnummer herkennen we deze klant niet", "Without a client number we do not know this client";
        number_malformed: "Gebruik 1 tot 20 letters, cijfers, punten of streepjes", "Use 1 to 20 letters, digits, dots or dashes";
        number_twice(line: u32): "Dit nummer staat ook op regel {line}", "This number is in row {line} too";
        name_missing: "Vul de naam in", "Fill in the name";
        too_long: "Dit is te lang, of er staat een teken in dat niet kan", "This is too long, or has a character that is not possible";
        email_missing(name: &str): "Zonder e-mail kan {name} niet inloggen", "Without e-mail {name} cannot log in";
        somebody: "deze persoon", "this person";
        email_malformed: "Dit is geen e-mailadres", "This is not an e-mail address";
        two_at_signs: "Er staan twee apenstaartjes in", "There are two at signs in it";
        email_twice(line: u32): "Dit adres staat ook op regel {line}", "This address is in row {line} too";
        email_known(number: &str): "Dit adres is van iemand bij klant {number}", "This address belongs to somebody at client {number}";
        bsn_wrong: "Dit BSN bestaat niet, typfout?", "This BSN does not exist, a typing mistake?";
        tax_number_twice(line: u32): "Dit nummer staat ook op regel {line}, bij een andere klant", "This number is in row {line} too, of another client";
        tax_number_known(number: &str): "Dit nummer is bekend bij klant {number}", "This number is known of client {number}";
        phone_wrong: "Dit is geen telefoonnummer", "This is not a phone number";
        language_unknown: "Vul nl of en in", "Fill in nl or en";
        advisor_unknown: "Zo heet niemand van uw kantoor", "Nobody of your firm is called so";
        too_many_tags: "Hooguit 20 labels van elk 40 tekens", "At most 20 tags of 40 characters each";
        row_failed: "Deze regel kon niet worden ingevoerd. Probeer hem apart opnieuw.", "This row could not be imported. Please try it again by itself.";
        too_many_cells(n: usize): "Deze regel heeft {n} cel te veel. Staat er een puntkomma of komma in een cel? Zet die cel tussen aanhalingstekens." | "Deze regel heeft {n} cellen te veel. Staat er een puntkomma of komma in een cel? Zet die cel tussen aanhalingstekens.", "This row has {n} cell too many. Is there a semicolon or comma inside a cell? Put quotation marks around that cell." | "This row has {n} cells too many. Is there a semicolon or comma inside a cell? Put quotation marks around that cell.";
    }
}

impl Columns {
    /// Returns the name of the column for a field.
    pub fn field(self, field: Field) -> String {
        let of = |part| match part {
            Detail::FullName => self.full_name(),
            Detail::GivenName => self.given_name(),
            Detail::Infix => self.infix(),
            Detail::Surname => self.surname(),
            Detail::Email => self.email(),
            Detail::Phone => self.phone(),
            Detail::Bsn => self.bsn(),
            Detail::Language => self.language(),
        };
        match field {
            Field::Number => self.number().to_owned(),
            Field::Name => self.name().to_owned(),
            Field::Advisor => self.advisor().to_owned(),
            Field::Tags => self.tags().to_owned(),
            Field::TaxNumber(kind) => NumberWords(self.0).name(kind).to_owned(),
            Field::Of(0, part) => of(part).to_owned(),
            Field::Of(_, part) => self.of_partner(of(part)),
        }
    }
}
