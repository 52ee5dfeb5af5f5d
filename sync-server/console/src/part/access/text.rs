//! The texts about how somebody gets access.

ui::texts! {
    /// Texts about how somebody gets access.
    Access {
        state: "Stand", "State";
        not_invited: "Nog niet uitgenodigd", "Not invited yet";
        invited(at: &str): "Uitgenodigd op {at}", "Invited on {at}";
        opened(at: &str): "Link geopend op {at}", "Opened the link on {at}";
        expired(at: &str): "Uitnodiging van {at} is verlopen", "The invitation of {at} has expired";
        withdrawn(at: &str): "Uitnodiging ingetrokken op {at}", "Invitation withdrawn on {at}";
        registered: "Heeft toegang", "Has access";
        dormant(at: &str): "Heeft toegang, niet gezien sinds {at}", "Has access, not seen since {at}";
        blocked: "Geblokkeerd", "Blocked";
        manage: "Toegang", "Access";
        invite: "Nodig uit met de mail", "Invite by mail";
        invite_again: "Stuur een nieuwe link", "Send a new link";
        withdraw: "Trek de uitnodiging in", "Withdraw the invitation";
        block: "Blokkeer", "Block";
        unblock: "Geef weer toegang", "Give access again";
        recover: "Vernieuw de toegang", "Renew the access";
        your_code(name: &str): "Vertel deze code aan {name}", "Tell {name} this code";
        code_once: "De link gaat met de mail, de code vertelt u. De code werkt een dag en staat alleen nu op dit scherm.",
            "The link goes by mail, the code you tell. The code works for a day and is on this screen only now.";
    }
}
