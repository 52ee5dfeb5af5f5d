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

    /// Texts about who belongs to a household.
    Household {
        add: "Voeg iemand toe", "Add somebody";
        add_title: "Iemand toevoegen aan dit dossier", "Add somebody to this dossier";
        add_lead: "Een partner, een kind dat helpt of een bewindvoerder. Ieder krijgt een eigen login en een eigen passkey.",
            "A partner, a child who helps or a legal representative. Everybody gets an own login and an own passkey.";
        role_hint: "Alleen wie akkoord geeft, tekent aangiften. Een helper vult in en stuurt stukken, een meelezer ziet alles en verandert niets.",
            "Only who approves signs tax returns. A helper fills in and sends documents, a reader sees everything and changes nothing.";
        split: "Eigen dossier na een scheiding", "Own dossier after a divorce";
        split_lead(name: &str): "Vanaf een belastingjaar krijgt {name} een eigen dossier. De jaren daarvoor blijven in dit dossier: beiden kunnen die blijven lezen, en de ander ziet niets van het nieuwe.",
            "From a tax year on {name} has an own dossier. The years before stay in this one: both can still read them, and the other sees nothing of the new one.";
        split_from: "Eerste belastingjaar met een eigen dossier", "First tax year with an own dossier";
        split_number: "Nummer van het nieuwe dossier", "Number of the new dossier";
        split_button: "Maak een eigen dossier", "Make an own dossier";
        split_nothing: "Er is nog niets veranderd.", "Nothing has changed yet.";
        left(year: i16): "Vanaf belastingjaar {year} in een eigen dossier", "In an own dossier from tax year {year} on";
    }

    /// Texts of the page behind the link *this was not me* in a mail.
    Alarm {
        title: "Was u dit niet?", "Was this not you?";
        lead: "Druk op de knop. Wat in de mail staat, werkt dan niet meer, iedereen wordt uitgelogd en uw adviseur krijgt bericht.",
            "Press the button. What the mail is about stops working, everybody is logged out and your advisor is told.";
        button: "Dit was ik niet", "This was not me";
        done: "Gedaan. Uw adviseur weet ervan en belt u. U kunt ook zelf bellen.", "Done. Your advisor knows and will phone you. You can also phone yourself.";
        was_me: "Was u het wel? Dan kunt u deze pagina sluiten.", "Was it you? Then you can close this page.";
    }

    /// Texts of events that concern somebody's access, for the time line.
    AccessHappened {
        access_renewal_started(who: &str, whom: &str): "{who} vernieuwt de toegang van {whom}", "{who} renews the access of {whom}";
        access_renewed(who: &str): "{who} heeft weer toegang; oude passkeys vervielen", "{who} has access again; old passkeys ended";
        access_removed(who: &str): "{who} verwijderde een passkey of apparaat", "{who} removed a passkey or device";
        device_added(who: &str): "{who} logde in op een nieuw apparaat", "{who} logged in on a new device";
        alarm_raised(who: &str): "{who} meldde: dit was ik niet", "{who} reported: this was not me";
        invitation_withdrawn(who: &str, whom: &str): "{who} trok de uitnodiging van {whom} in", "{who} withdrew the invitation of {whom}";
        wrong_person(whom: &str): "De link van {whom} kwam bij iemand anders aan", "The link of {whom} reached somebody else";
        link_asked_again(who: &str): "{who} vroeg een nieuwe link", "{who} asked for a new link";
        person_blocked(who: &str, whom: &str): "{who} blokkeerde {whom}", "{who} blocked {whom}";
        person_unblocked(who: &str, whom: &str): "{who} gaf {whom} weer toegang", "{who} gave {whom} access again";
        person_added(who: &str, whom: &str): "{who} voegde {whom} toe", "{who} added {whom}";
        household_split(who: &str, whom: &str): "{who} gaf {whom} een eigen dossier", "{who} gave {whom} an own dossier";
        role_changed(who: &str, whom: &str): "{who} wijzigde de rol van {whom}", "{who} changed the role of {whom}";
    }
}
