//! The texts of the editor of checklists.

ui::texts! {
    /// Texts of the editor of checklists.
    Templates {
        title: "Vragenlijsten", "Checklists";
        lead: "Wat u klanten vraagt. Een klant houdt de lijst die u klaarzette; een nieuwe versie geldt voor wie hem daarna krijgt.", "What you ask clients. A client keeps the checklist you set out; a new version is for those who get it afterwards.";
        built_in: "Van Akkoord, niet gewijzigd", "From Akkoord, unchanged";
        own(version: u32, who: &str, at: &str): "Versie {version}, {who}, {at}", "Version {version}, {who}, {at}";
        questions(count: usize): "{count} vragen", "{count} questions";
        draft(who: &str, at: &str): "Niet gepubliceerd: {who} werkte hieraan, {at}.", "Not published: {who} worked on this, {at}.";
        publish: "Publiceer", "Publish";
        published: "Gepubliceerd. Wie de lijst nu krijgt, krijgt deze versie.", "Published. Whoever gets the checklist now gets this version.";
        discard: "Gooi de wijzigingen weg", "Discard the changes";
        kept: "Bewaard als concept.", "Kept as a draft.";
        next_year(year: i16): "Maak de lijst voor {year}", "Make the checklist for {year}";
        outline: "Onderdelen en vragen", "Sections and questions";
        whole: "Naam van de lijst", "Name of the checklist";
        add_section: "Nieuw onderdeel", "New section";
        add_question: "Nieuwe vraag hieronder", "New question below";
        add_followup: "Nieuwe vervolgvraag", "New follow-up question";
        add_column: "Nieuwe kolom", "New column";
        new_question: "Nieuwe vraag", "New question";
        section: "Onderdeel", "Section";
        question: "Vraag", "Question";
        in_dutch(what: &str): "{what}, Nederlands", "{what}, Dutch";
        in_english(what: &str): "{what}, Engels", "{what}, English";
        lead_field: "Zin onder de titel", "Sentence below the title";
        help: "Uitleg", "Explanation";
        excluded: "Wat telt niet mee", "What does not count";
        example: "Voorbeeld van het document", "Example of the document";
        optional: "mag leeg blijven", "may stay empty";
        kind: "Soort antwoord", "Kind of answer";
        yes_no: "Ja of nee", "Yes or no";
        choice: "Keuze", "Choice";
        amount: "Bedrag", "Amount";
        number: "Getal", "Number";
        date: "Datum", "Date";
        free_text: "Tekst", "Text";
        upload: "Document", "Document";
        rows: "Rijen", "Rows";
        iban: "Rekeningnummer (IBAN)", "Account number (IBAN)";
        bsn: "BSN", "BSN";
        options: "Keuzes", "Options";
        options_hint: "elke regel een: Nederlands = English", "one per line: Nederlands = English";
        option_malformed(line: &str): "Schrijf beide talen met een = ertussen: {line}", "Write both languages with = in between: {line}";
        after: "Stel deze vraag na", "Ask this question after";
        yes: "Ja", "Yes";
        no: "Nee", "No";
        unknown: "Weet ik niet", "I don't know";
        when: "Alleen als", "Only if";
        always: "Altijd", "Always";
        keep_condition: "Samengestelde voorwaarde, blijft zoals hij is", "Composite condition, stays as it is";
        condition(question: &str, answer: &str): "{question}: {answer}", "{question}: {answer}";
        per_person: "Vraag het aan ieder apart", "Ask each person";
        fresh: "Stel het antwoord van vorig jaar niet voor", "Do not propose last year's answer";
        save: "Bewaar", "Save";
        up: "Eerder", "Earlier";
        down: "Later", "Later";
        remove: "Verwijder", "Remove";
        preview: "Zo ziet de klant het", "How the client sees it";
        versions: "Versies", "Versions";
        restore: "Zet terug als concept", "Restore as a draft";
        new_column: "Omschrijving", "Description";
        changed_meanwhile(who: &str): "{who} heeft deze lijst net gewijzigd. Laad de pagina opnieuw; wat u typte staat hieronder.", "{who} has just changed this checklist. Load the page again; what you typed is below.";
        too_large: "De lijst is te groot voor een telefoon.", "The checklist is too large for a phone.";
        fault_untranslated(place: &str): "Vul beide talen in: {place}", "Fill in both languages: {place}";
        fault_too_long(place: &str): "Deze tekst is te lang, meer dan 1000 tekens: {place}", "This text is too long, more than 1000 characters: {place}";
        fault_unreachable(place: &str): "Deze vraag wordt zo nooit gesteld: {place}", "This question would never be asked: {place}";
        fault_too_deep(place: &str): "Deze vraag hangt van te veel andere af: {place}", "This question depends on too many others: {place}";
        fault_unknown(place: &str, other: &str): "{place} hangt af van een vraag die er niet is: {other}", "{place} depends on a question that is not there: {other}";
        fault_answer(place: &str, other: &str): "{place} hangt af van een antwoord dat niet bestaat bij: {other}", "{place} depends on an answer that does not exist for: {other}";
        fault_cyclic(place: &str): "Deze vraag hangt van zichzelf af: {place}", "This question depends on itself: {place}";
        fault_lacks(place: &str): "Hier ontbreekt iets, zoals een vraag, twee keuzes of een kolom: {place}", "Something is missing here, such as a question, two options or a column: {place}";
    }
}
