//! The texts of the page about a client's year.

ui::texts! {
    /// Texts of the dossier: people, tasks, answers, documents and messages.
    Dossier {
        unopened(year: i16): "Het jaar {year} staat nog niet open voor deze klant.", "The year {year} has not been opened for this client.";
        open_year(year: i16): "Open {year}", "Open {year}";
        people: "Personen", "People";
        not_invited: "Nog niet uitgenodigd", "Not invited yet";
        invited(at: &str): "Uitgenodigd {at}", "Invited {at}";
        opened(at: &str): "Link geopend {at}", "Opened the link {at}";
        expired(at: &str): "Link verlopen, van {at}", "Link expired, of {at}";
        registered: "Geregistreerd", "Registered";
        blocked: "Geblokkeerd", "Blocked";
        invite: "Nodig uit", "Invite";
        invite_again: "Nodig opnieuw uit", "Invite again";
        invite_all: "Nodig iedereen uit", "Invite everybody";
        tasks: "Taken", "Tasks";
        no_tasks: "Er staat nog niets klaar voor deze klant.", "Nothing has been set out for this client yet.";
        due(date: &str): "voor {date}", "by {date}";
        closed: "Afgerond", "Done";
        withdrawn: "Ingetrokken", "Withdrawn";
        handed_in: "Ingeleverd", "Handed in";
        everybody_approved: "Iedereen akkoord", "Everybody approved";
        paid(name: &str): "Betaald, volgens {name}", "Paid, says {name}";
        not_paid: "Nog niet betaald", "Not paid yet";
        not_yet(names: &str): "{names} nog niet", "{names} not yet";
        close: "Rond af", "Mark as done";
        set_out_checklist: "Checklist klaarzetten", "Set out a checklist";
        checklist: "Checklist", "Checklist";
        due_field: "Graag voor", "Please by";
        due_hint: "mag leeg blijven", "may stay empty";
        set_out_button: "Zet klaar en mail", "Set out and mail";
        request: "Documenten vragen", "Ask for documents";
        request_button: "Vraag en mail", "Ask and mail";
        no_template(year: i16): "Voor {year} is er geen checklist.", "There is no checklist for {year}.";
        differing: "Verschil", "Difference";
        open: "Open", "Open";
        not_sent: "Nog niet gestuurd", "Not sent yet";
        row(n: usize): "Regel {n}" | "Regel {n}", "Row {n}" | "Row {n}";
        answered_of(answered: usize, asked: usize): "{answered} van {asked} vragen", "{answered} of {asked} questions";
        documents: "Documenten", "Documents";
        no_documents: "Nog geen documenten.", "No documents yet.";
        received(at: &str): "Ontvangen {at}", "Received {at}";
        on_the_way: "Onderweg", "On the way";
        taken_back: "Ingetrokken", "Taken back";
        fingerprint: "Kenmerk", "Fingerprint";
        messages: "Berichten", "Messages";
        message: "Bericht aan de klant", "Message to the client";
        send: "Stuur", "Send";
        of_newer_release(n: usize): "{n} gegeven in dit dossier kan alleen een nieuwere versie van Akkoord tonen. Het blijft bewaard. De rest staat hieronder." | "{n} gegevens in dit dossier kan alleen een nieuwere versie van Akkoord tonen. Ze blijven bewaard. De rest staat hieronder.", "{n} record in this dossier can be shown only by a newer version of Akkoord. It is kept. The rest is below." | "{n} records in this dossier can be shown only by a newer version of Akkoord. They are kept. The rest is below.";
        day_malformed: "Dit is geen datum. Voorbeeld: 2026-04-01", "This is not a date. Example: 2026-04-01";
        items_missing: "Noem minstens één document.", "Name at least one document.";
        template_missing: "Kies een checklist.", "Choose a checklist.";
        already_set_out: "Deze checklist staat al klaar voor deze klant.", "This checklist has already been set out for this client.";
        task_over: "Deze taak is al afgerond.", "This task is already done.";
    }
    /// Texts about reviewing answers and exporting them.
    Judging {
        judge: "Beoordeel", "Judge";
        judge_what(what: &str): "Beoordeel: {what}", "Judge: {what}";
        accept: "Akkoord", "Accept";
        accept_section(section: &str): "Onderdeel {section} akkoord", "Accept part {section}";
        send_back: "Stuur terug", "Send back";
        remark: "Opmerking voor de klant", "Remark to the client";
        remark_missing: "Schrijf erbij wat de klant moet nakijken.", "Write what the client should look at.";
        remark_too_long: "De opmerking is te lang: hooguit 1.000 tekens.", "The remark is too long: at most 1,000 characters.";
        accepted(who: &str, when: &str): "Akkoord, {who} {when}", "Accepted, {who} {when}";
        sent_back(who: &str, when: &str): "Teruggestuurd, {who} {when}", "Sent back, {who} {when}";
        prefilled: "Van vorig jaar, nog niet bevestigd", "From last year, not confirmed yet";
        malformed: "Controlegetal klopt niet", "Check digits are wrong";
        last_year(what: &str): "Vorig jaar: {what}", "Last year: {what}";
        reopen: "Heropen de checklist", "Open the checklist again";
        reopen_remark: "Waarom? De klant leest dit.", "Why? The client reads this.";
        reopened(who: &str, when: &str): "Heropend door {who}, {when}", "Opened again by {who}, {when}";
        prefill: "Antwoorden van vorig jaar overnemen", "Copy last year’s answers";
        prefill_yes: "Ja, de klant bevestigt ze", "Yes, the client confirms them";
        prefill_no: "Nee, leeg beginnen", "No, start empty";
        take_out: "Antwoorden als", "Answers as";
        section: "Onderdeel", "Part";
        question: "Vraag", "Question";
        person: "Persoon", "Person";
        answer: "Antwoord", "Answer";
        by: "Door", "By";
        at: "Wanneer", "When";
        state: "Stand", "State";
        before: "Vorig jaar", "Last year";
        remark_column: "Opmerking", "Remark";
        open: "Open", "Open";
        answered: "Beantwoord", "Answered";
        differing: "Verschil", "Difference";
        back: "Teruggestuurd", "Sent back";
        documents(names: &str): "Documenten: {names}", "Documents: {names}";
        rows(n: usize): "1 regel" | "{n} regels", "1 row" | "{n} rows";
    }
}
