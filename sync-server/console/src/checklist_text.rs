//! The console's texts about the answers to a checklist.

ui::texts! {
    /// Texts of events about reviews, for the time line.
    Judged {
        checklist_reopened(who: &str): "{who} opende de checklist weer", "{who} opened the checklist again";
        answers_accepted(n: u64, who: &str): "{who} vond 1 antwoord akkoord" | "{who} vond {n} antwoorden akkoord",
            "{who} accepted 1 answer" | "{who} accepted {n} answers";
        answers_sent_back(n: u64, who: &str): "{who} stuurde 1 antwoord terug" | "{who} stuurde {n} antwoorden terug",
            "{who} sent back 1 answer" | "{who} sent back {n} answers";
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
        title(year: i16): "Antwoorden {year}", "Answers {year}";
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
