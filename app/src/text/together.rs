//! Texts of several small returns that are read one after the other and signed with one signature.

ui::texts! {
    /// Texts of approving several returns together.
    Together {
        returns(n: usize): "{n} aangiften", "{n} tax returns";
        documents(n: usize): "{n} stukken", "{n} documents";
        to_approve(what: &str): "{what} om goed te keuren", "{what} to approve";
        and_more(n: usize): "en nog {n}", "and {n} more";
        lead: "Lees ze na elkaar. Aan het einde geeft u één keer akkoord.", "Read them one after the other. At the end you approve once.";
        start: "Begin met lezen", "Start reading";
        place(at: usize, of: usize, name: &str): "{at} van {of} · {name}", "{at} of {of} · {name}";
        next: "Volgende", "Next";
        to_end: "Naar akkoord geven", "Go to approving";
        previous: "Vorige", "Previous";
        sign_title(what: &str): "Geef akkoord met {what}", "Approve {what}";
        sign_lead: "U tekent één keer. Uw handtekening geldt voor precies deze verklaringen.", "You sign once. Your signature is for exactly these statements.";
        unread(name: &str): "Nog niet gelezen, dus niet in deze lijst: {name}", "Not read yet, so not in this list: {name}";
        read_it: "Lees alsnog", "Read it now";
        none_title: "Er is niets om voor te tekenen", "There is nothing to sign";
        none_body: "U heeft alles beantwoord, of nog niets gelezen.", "You have answered everything, or read nothing yet.";
        done_title(name: &str): "Dank u wel, {name}", "Thank you, {name}";
        done_body(what: &str): "U heeft met één handtekening akkoord gegeven met {what}.", "You have approved {what} with one signature.";
        not_counted(what: &str): "Dit telde niet mee: {what}. Lees hieronder waarom.", "This did not count: {what}. Read below why.";
        proof(name: &str): "Bewijs van {name}", "Proof of {name}";
    }
}
