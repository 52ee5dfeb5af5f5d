//! The texts of the page about how a person gets access.

ui::texts! {
    /// Texts about how a person gets access.
    Person {
        title(name: &str): "Toegang van {name}", "Access of {name}";
        back: "Terug naar het dossier", "Back to the dossier";
        mail: "Mailadres", "Mail address";
        role: "Rol", "Role";
        approver: "Vult in en geeft akkoord", "Fills in and approves";
        filler: "Vult in, geeft geen akkoord", "Fills in, does not approve";
        reader: "Leest mee", "Only reads";
        awaiting_ruling(until: &str): "Een akkoord van deze persoon wacht tot {until} op u.", "An approval by this person waits for you until {until}.";
        invite_with_code: "Nodig uit met een code", "Invite with a code";
        code_hint: "U vertelt de code zelf, bijvoorbeeld aan de telefoon. Zonder de code werkt de link niet.",
            "You tell the code yourself, by phone for instance. Without it the link does not work.";
        block_hint: "Deze persoon komt er dan niet meer in. Het dossier blijft zoals het is.",
            "This person can no longer get in. The dossier stays as it is.";
        recover_hint: "Voor wie alle passkeys kwijt is. Bel eerst, op een nummer dat u al had. Oude passkeys en apparaten vervallen zodra de nieuwe link wordt gebruikt; een akkoord wacht daarna een dag op u.",
            "For who lost every passkey. Phone first, on a number that you had already. Old passkeys and devices end once the new link is used; an approval then waits for you for a day.";
        set_role: "Wijzig de rol", "Change the role";
    }
}
