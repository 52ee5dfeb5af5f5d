//! Texts of documents that the firm put into the archive.

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
        as_filed(yours: &str): "Dat is gelijk aan {yours}.", "That is the same as in {yours}.";
        better(amount: &str, yours: &str): "Dat is € {amount} gunstiger dan in {yours}.", "That is € {amount} better than in {yours}.";
        worse(amount: &str, yours: &str): "Dat is € {amount} ongunstiger dan in {yours}.", "That is € {amount} worse than in {yours}.";
        objection(date: &str): "Bezwaar maken kan tot en met {date}.", "You can object until {date}.";
        open(name: &str): "Open {name}", "Open {name}";
    }
}
