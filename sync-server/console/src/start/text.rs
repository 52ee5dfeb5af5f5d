//! The texts of the first start, the invitation and the login.

ui::texts! {
    /// Texts of the first start, the invitation and the login.
    Start {
        begin_title: "Uw kantoor in Akkoord", "Your firm in Akkoord";
        begin_lead: "Nog een paar gegevens. Daarna maakt u een passkey en bent u binnen.", "A few details. Then you make a passkey and you are in.";
        firm: "Uw kantoor", "Your firm";
        you: "Uzelf", "Yourself";
        firm_name: "Naam van uw kantoor", "Name of your firm";
        firm_phone: "Telefoon voor klanten", "Phone for clients";
        sender_address: "E-mail van uw kantoor", "E-mail of your firm";
        sender_hint: "hiervandaan gaan de mails naar klanten", "mails to clients come from here";
        name: "Uw naam", "Your name";
        given_name: "Uw voornaam", "Your given name";
        given_name_hint: "zo noemen klanten u", "what clients call you";
        email: "Uw e-mailadres", "Your e-mail address";
        user_name: "Gebruikersnaam", "User name";
        user_name_hint: "3 tot 40 letters, cijfers, punten of streepjes", "3 to 40 letters, digits, dots or dashes";
        make_passkey: "Maak mijn passkey", "Make my passkey";
        passkey_title: "Inloggen zonder wachtwoord", "Log in without a password";
        passkey_lead: "U maakt nu een passkey. Daarna logt u in met uw gezicht, vingerafdruk of pincode. Die gegevens blijven op uw apparaat.", "You now make a passkey. Then you log in with your face, fingerprint or PIN. Those stay on your device.";
        welcome_title: "Welkom bij Akkoord", "Welcome to Akkoord";
        welcome_lead: "U bent uitgenodigd om in het kantoor te werken.", "You are invited to work in the firm's console.";
        code: "Code van uw beheerder", "Code of your administrator";
        code_hint: "die hoort u van een beheerder van uw kantoor", "an administrator of your firm tells you";
        join: "Ik heb al een passkey voor Akkoord", "I have a passkey for Akkoord already";
        link_again: "Stuur mij een nieuwe link", "Send me a new link";
        link_sent: "Er is een nieuwe link onderweg naar uw e-mailadres.", "A new link is on its way to your e-mail address.";
        link_by_phone: "Een nieuwe link kan alleen een beheerder van uw kantoor sturen.", "Only an administrator of your firm can send a new link.";
        login_title: "Welkom terug", "Welcome back";
        login_lead: "Log in bij het kantoor.", "Log in to the console.";
        login: "Log in met passkey", "Log in with passkey";
        login_hint: "Met uw gezicht, vingerafdruk of pincode", "With your face, fingerprint or PIN";
        for_clients: "Bent u klant? Open dan de app van uw adviseur.", "Are you a client? Then open your advisor's app.";
        open_app: "Naar de app", "To the app";
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
}
