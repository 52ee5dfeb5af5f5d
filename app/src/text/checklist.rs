//! Texts of the checklist. The questions themselves are data of the firm.

ui::texts! {
    /// Texts of filling in a checklist.
    Questions {
        answered_in_newer: "Het antwoord op deze vraag is alleen te zien en te wijzigen met een nieuwere versie van de app. Het blijft bewaard.",
            "The answer to this question can be seen and changed only with a newer version of the app. It is kept.";
        dont_have: "Dit heb ik niet", "I don’t have this";
        dont_have_why: "Waarom heeft u het niet?", "Why don’t you have it?";
        step(title: &str, n: usize, of: usize): "{title}, onderdeel {n} van {of}", "{title}, part {n} of {of}";
        step_part(n: usize, of: usize): ", onderdeel {n} van {of}", ", part {n} of {of}";
        left(n: usize): "Nog 1 vraag" | "Nog {n} vragen", "1 question left" | "{n} questions left";
        none_left: "Alles ingevuld", "All filled in";
        answered(done: usize, all: usize): "{done} van {all} vragen beantwoord.", "{done} of {all} questions answered.";
        nothing_asked: "Dit onderdeel kunt u overslaan. Er zijn geen vragen voor u.",
            "You can skip this part. There are no questions for you.";
        for_you: "Voor u", "For you";
        for_person(name: &str): "Voor {name}", "For {name}";
        filled_in_by(name: &str, when: &str): "{name} heeft dit ingevuld, {when}", "{name} filled this in, {when}";
        by(name: &str): "Ingevuld door {name}", "Filled in by {name}";
        why: "Waarom vragen we dit?", "Why do we ask this?";
        day: "Dag", "Day";
        month: "Maand", "Month";
        year: "Jaar", "Year";
        previous: "Vorige vragen", "Previous questions";
        next: "Volgende", "Next";
        check: "Lees uw antwoorden na", "Check your answers";
        add_row: "Voeg toe", "Add one";
        add_another: "Voeg er nog een toe", "Add another";
        row(n: usize): "Nummer {n}", "Number {n}";
        remove_row(n: usize): "Verwijder nummer {n}", "Remove number {n}";
        scan: "Scan", "Scan";
        file: "Bestand", "File";
        scan_for(what: &str): "Scan voor {what}", "Scan for {what}";
        file_for(what: &str): "Bestand voor {what}", "File for {what}";
        amount_wrong: "Dit is geen bedrag. Schrijf het zo: 1.284 of 1284,50.", "This is not an amount. Write it like this: 1.284 or 1284,50.";
        date_wrong: "Deze datum bestaat niet. Vul dag, maand en jaar in met cijfers, zoals 14 6 2025.",
            "This date does not exist. Fill in day, month and year in digits, such as 14 6 2025.";
        not_empty: "Een antwoord kunt u wijzigen, maar niet leegmaken. Weet u het niet? Kies dat hieronder.",
            "You can change an answer, but not empty it. If you don’t know, choose that below.";
        too_long(n: usize): "Deze tekst is {n} tekens te lang.", "This text is {n} characters too long.";
        number_wrong: "Dit is geen getal. Schrijf het zo: 1.284 of 12,5.", "This is not a number. Write it like this: 1.284 or 12,5.";
        bsn_wrong: "Dit burgerservicenummer klopt niet. Het heeft 9 cijfers; kijk op uw paspoort of identiteitskaart.",
            "This citizen service number is not right. It has 9 digits; look on your passport or identity card.";
        iban_wrong: "Dit rekeningnummer klopt niet. Kijk het na op uw pas of in de app van uw bank.",
            "This account number is not right. Check it on your card or in your bank’s app.";
        carried: "Overgenomen van vorig jaar. Klopt dit nog?", "Copied from last year. Still right?";
        still_right: "Ja, dit klopt nog", "Yes, still right";
        changed_title: "Gewijzigd ten opzichte van vorig jaar?", "Changed since last year?";
        changed_body: "Uw antwoorden van vorig jaar staan al ingevuld. Is er niets gewijzigd, bevestig ze dan in één keer. Anders past u hieronder aan wat anders is.",
            "Last year’s answers are filled in already. If nothing changed, confirm them all at once. Otherwise change below what is different.";
        nothing_changed: "Nee, alles klopt nog", "No, all still right";
        last_year(what: &str): "Vorig jaar: {what}", "Last year: {what}";
        sent_back(name: &str): "{name} vraagt u hier nog eens naar te kijken", "{name} asks you to look at this again";
        answer_again: "Geef een nieuw antwoord, of bevestig dat dit goed is.", "Give a new answer, or confirm that this is right.";
        it_is_right: "Dit antwoord klopt", "This answer is right";
        accepted(name: &str, when: &str): "Akkoord bevonden door {name}, {when}", "Found good by {name}, {when}";
        excluded: "Telt niet mee:", "Does not count:";
        example(what: &str): "Voorbeeld: {what}", "Example: {what}";
        reopened(name: &str): "{name} heeft deze checklist weer geopend", "{name} has opened this checklist again";
        read_only: "U kunt dit dossier bekijken, maar niet invullen.", "You can look at this file, but not fill it in.";
        ask: "Stel een vraag", "Ask a question";
        ask_about(question: &str): "Stel een vraag over: {question}", "Ask a question about: {question}";
        thread(n: usize): "1 bericht" | "{n} berichten", "1 message" | "{n} messages";
        thread_about(question: &str): "Berichten over: {question}", "Messages about: {question}";
        unsaved: "Nog niet bewaard", "Not saved yet";
    }

    /// Texts about differing answers of two people.
    Conflict {
        title(name: &str): "{name} vulde iets anders in", "{name} gave another answer";
        title_mine: "Er zijn twee antwoorden van u", "There are two answers of yours";
        title_others: "Er zijn twee verschillende antwoorden", "There are two different answers";
        lead: "Er zijn twee antwoorden op deze vraag. Welk antwoord klopt?", "There are two answers to this question. Which one is right?";
        lead_amount: "Er zijn twee antwoorden op deze vraag. Welk bedrag klopt?", "There are two answers to this question. Which amount is right?";
        choose: "Kies welk antwoord klopt", "Choose which answer is right";
        yours(when: &str): "Uw antwoord, {when}", "Your answer, {when}";
        theirs(name: &str, when: &str): "Antwoord van {name}, {when}", "{name}’s answer, {when}";
        unknown: "Ik weet het niet", "I don’t know";
        unknown_hint(name: &str): "{name} ziet beide antwoorden en neemt contact op", "{name} sees both answers and gets in touch";
        keep: "Bewaar deze keuze", "Keep this choice";
        choose_first: "Kies eerst een antwoord.", "Choose an answer first.";
        nothing_lost: "Er gaat niets verloren. Beide antwoorden blijven bewaard in de geschiedenis.",
            "Nothing is lost. Both answers stay in the history.";
    }

    /// Texts of checking one's answers and handing in.
    Review {
        title: "Klopt alles?", "Is everything right?";
        lead(name: &str): "Lees uw antwoorden na. Daarna stuurt u de checklist naar {name}.",
            "Check your answers. Then send the checklist to {name}.";
        open(n: usize): "Nog 1 ding open" | "Nog {n} dingen open", "1 thing still open" | "{n} things still open";
        open_body(name: &str): "Wat u openlaat, vraagt {name} u later nog. Uw aangifte is dan later klaar. Weet u iets niet? Kies dan ‘Weet ik niet’.",
            "What you leave open, {name} will ask you later. Your tax return will then be ready later. Don’t know something? Then choose “I don’t know”.";
        differing(n: usize): "1 vraag heeft twee antwoorden" | "{n} vragen hebben twee antwoorden",
            "1 question has two answers" | "{n} questions have two answers";
        ready: "Klaar", "Done";
        questions(n: usize): "1 vraag" | "{n} vragen", "1 question" | "{n} questions";
        documents(n: usize): "1 document" | "{n} documenten", "1 document" | "{n} documents";
        change: "Wijzig", "Change";
        fill_in: "Nog invullen", "Still to fill in";
        add: "Nog toevoegen", "Still to add";
        sent_back: "Teruggestuurd: kijk nog eens", "Sent back: look again";
        to_confirm: "Van vorig jaar: klopt dit nog?", "From last year: still right?";
        malformed: "Dit nummer klopt niet: kijk het na", "This number is not right: check it";
        sent_back_count(n: usize): "1 antwoord is teruggestuurd" | "{n} antwoorden zijn teruggestuurd",
            "1 answer was sent back" | "{n} answers were sent back";
        two_answers: "Twee antwoorden: kies", "Two answers: choose";
        sent: "Gestuurd", "Sent";
        none: "Geen", "None";
        rows(n: usize): "1 opgegeven" | "{n} opgegeven", "1 given" | "{n} given";
        hand_in(name: &str): "Stuur naar {name}", "Send to {name}";
        put_ready: "Zet klaar om te versturen", "Put ready to be sent";
        go_on: "Ga verder met invullen", "Go on filling in";
        hand_in_open(n: usize): "Stuur toch, met 1 open" | "Stuur toch, met {n} open", "Send all the same, with 1 open" | "Send all the same, with {n} open";
        handed_in: "U heeft deze checklist verstuurd", "You have sent this checklist";
        handed_in_by(name: &str): "{name} heeft deze checklist verstuurd", "{name} has sent this checklist";
        handed_in_body: "Klopt er toch iets niet? U kunt uw antwoorden nog wijzigen.", "Something not right after all? You can still change your answers.";
        step_saved: "Bewaard op dit apparaat", "Saved on this device";
        step_waits: "Wacht op verbinding", "Waiting for a connection";
        step_sending: "Wordt verstuurd", "Being sent";
        step_received(firm: &str): "Ontvangen door {firm}", "Received by {firm}";
    }
}
