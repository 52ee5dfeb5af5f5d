//! The texts of the page about how a person gets access.

ui::texts! {
    /// Texts about how a person gets access.
    Person {
        title(name: &str): "Toegang van {name}", "Access of {name}";
        back: "Terug naar het dossier", "Back to the dossier";
        manage: "Toegang", "Access";
        state: "Stand", "State";
        mail: "Mailadres", "Mail address";
        role: "Rol", "Role";
        approver: "Vult in en geeft akkoord", "Fills in and approves";
        filler: "Vult in, geeft geen akkoord", "Fills in, does not approve";
        reader: "Leest mee", "Only reads";
        not_invited: "Nog niet uitgenodigd", "Not invited yet";
        invited(at: &str): "Uitgenodigd op {at}", "Invited on {at}";
        opened(at: &str): "Link geopend op {at}", "Opened the link on {at}";
        expired(at: &str): "Uitnodiging van {at} is verlopen", "The invitation of {at} has expired";
        withdrawn(at: &str): "Uitnodiging ingetrokken op {at}", "Invitation withdrawn on {at}";
        registered: "Heeft toegang", "Has access";
        dormant(at: &str): "Heeft toegang, niet gezien sinds {at}", "Has access, not seen since {at}";
        blocked: "Geblokkeerd", "Blocked";
        awaiting_ruling(until: &str): "Een akkoord van deze persoon wacht tot {until} op u.", "An approval by this person waits for you until {until}.";
        invite: "Nodig uit met de mail", "Invite by mail";
        invite_again: "Stuur een nieuwe link", "Send a new link";
        invite_with_code: "Nodig uit met een code", "Invite with a code";
        code_hint: "U vertelt de code zelf, bijvoorbeeld aan de telefoon. Zonder de code werkt de link niet.",
            "You tell the code yourself, by phone for instance. Without it the link does not work.";
        withdraw: "Trek de uitnodiging in", "Withdraw the invitation";
        block: "Blokkeer", "Block";
        block_hint: "Deze persoon komt er dan niet meer in. Het dossier blijft zoals het is.",
            "This person can no longer get in. The dossier stays as it is.";
        unblock: "Geef weer toegang", "Give access again";
        recover: "Vernieuw de toegang", "Renew the access";
        recover_hint: "Voor wie alle passkeys kwijt is. Bel eerst, op een nummer dat u al had. Oude passkeys en apparaten vervallen zodra de nieuwe link wordt gebruikt; een akkoord wacht daarna een dag op u.",
            "For who lost every passkey. Phone first, on a number that you had already. Old passkeys and devices end once the new link is used; an approval then waits for you for a day.";
        set_role: "Wijzig de rol", "Change the role";
        your_code(name: &str): "Vertel deze code aan {name}", "Tell {name} this code";
        code_once: "De link gaat met de mail, de code vertelt u. De code staat alleen nu op dit scherm.",
            "The link goes by mail, the code you tell. The code is on this screen only now.";
        prove: "Bevestig eerst dat u het bent", "Confirm first that it is you";
        prove_lead: "Toegang vernieuwen vraagt om uw passkey. Daarna kiest u nog eens wat u wilde doen.",
            "Renewing access asks for your passkey. Then choose once more what you wanted to do.";
        prove_button: "Bevestig met passkey", "Confirm with passkey";
    }
}
