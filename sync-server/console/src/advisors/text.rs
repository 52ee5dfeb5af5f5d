//! The texts of the pages about the firm's advisors.

ui::texts! {
    /// Texts about who works at the firm.
    Advisors {
        title: "Adviseurs", "Advisors";
        lead: "Wie er in uw kantoor werkt, en wat ieder mag.", "Who works at your firm, and what each may do.";
        caption: "Adviseurs van uw kantoor", "Advisors of your firm";
        name: "Naam", "Name";
        email: "E-mailadres", "E-mail address";
        role: "Rol", "Role";
        clients: "Klanten", "Clients";
        state: "Toegang", "Access";
        you: "uzelf", "yourself";
        administrator: "Beheerder", "Administrator";
        advisor: "Adviseur", "Advisor";
        reader: "Meelezer", "Reader";
        administrator_hint: "Alles, ook instellingen en adviseurs", "Everything, also settings and advisors";
        advisor_hint: "Werkt met klanten", "Works with clients";
        reader_hint: "Ziet alles, verandert niets", "Sees everything, changes nothing";
        add: "Nodig een collega uit", "Invite a colleague";
        add_lead: "Uw collega krijgt een mail met een link die één keer werkt, en maakt daarmee een eigen passkey.",
            "Your colleague gets a mail with a link that works once, and makes an own passkey with it.";
        full_name: "Volledige naam", "Full name";
        given_name: "Voornaam", "Given name";
        given_name_hint: "zo noemen klanten deze collega", "what clients call this colleague";
        hours: "Bereikbaar", "Available";
        hours_hint: "zien klanten bij uw naam, bijvoorbeeld ma t/m do, 9.00 – 17.00 uur", "clients see it by the name, for instance Mon to Thu, 9 am – 5 pm";
        language: "Taal", "Language";
        add_button: "Uitnodigen", "Invite";
        invited(email: &str): "De uitnodiging is onderweg naar {email}.", "The invitation is on its way to {email}.";
        email_taken: "Er werkt al iemand met dit e-mailadres in uw kantoor.", "Somebody at your firm has this e-mail address already.";
        role_missing: "Kies een rol.", "Choose a role.";
        only_administrators: "Alleen een beheerder nodigt collega’s uit en wijzigt hun rol.", "Only an administrator invites colleagues and changes their role.";
        back: "Terug naar adviseurs", "Back to advisors";
        details: "Gegevens", "Details";
        save: "Opslaan", "Save";
        saved: "Opgeslagen.", "Saved.";
        set_role: "Wijzig de rol", "Change the role";
        block_hint: "Deze collega komt er dan niet meer in. Wat hij of zij deed, blijft staan.", "This colleague can no longer get in. What they did stays.";
        recover_hint: "Voor wie alle passkeys kwijt is. Vertel de code zelf, aan iemand die u herkent. Oude passkeys en apparaten vervallen zodra de nieuwe link wordt gebruikt.",
            "For who lost every passkey. Tell the code yourself, to somebody you recognise. Old passkeys and devices end once the new link is used.";
        hand_over: "Wie neemt de klanten over?", "Who takes over the clients?";
        hand_over_hint(n: u64): "1 klant" | "{n} klanten", "1 client" | "{n} clients";
        hand_over_missing: "Kies wie de klanten overneemt: zij moeten weten wie hun adviseur is.", "Choose who takes over the clients: they need to know who their advisor is.";
        last_administrator: "Dit is de laatste beheerder die kan inloggen. Maak eerst iemand anders beheerder.", "This is the last administrator who can log in. Make somebody else one first.";
        not_yourself: "Uzelf blokkeren kan niet. Vraag het een andere beheerder.", "You cannot block yourself. Ask another administrator.";
    }
}
