//! The sentences that say why somebody was not invited.

ui::texts! {
    /// The reasons why somebody was not invited.
    Inviting {
        registered(name: &str): "{name} heeft al een login.", "{name} has a login already.";
        blocked(name: &str): "{name} is geblokkeerd en krijgt geen uitnodiging.", "{name} is blocked and gets no invitation.";
        no_mail(name: &str): "{name} heeft geen geldig e-mailadres en kreeg geen uitnodiging.", "{name} has no valid e-mail address and got no invitation.";
        just_invited(name: &str): "{name} kreeg minder dan een uur geleden al een uitnodiging. Probeer het later opnieuw.", "{name} got an invitation less than an hour ago. Try again later.";
    }
}
