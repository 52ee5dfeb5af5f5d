//! The texts of the pages before the app.

ui::texts! {
    /// Texts of the page behind the link of an invitation.
    Welcome {
        title_plain: "Welkom", "Welcome";
        skip: "Naar de inhoud", "To the content";
        description: "Uw belastingzaken met uw adviseur, ook zonder internet.", "Your taxes with your advisor, also without internet.";
        waits: "Er staat 1 ding voor u klaar.", "One thing is ready for you.";
        waits_many: "Er staan # dingen voor u klaar.", "# things are ready for you.";
        checking: "Uw uitnodiging wordt opgehaald…", "Your invitation is being fetched…";
        user_name: "Uw gebruikersnaam", "Your user name";
        user_name_hint: "Zo herkent u deze login. U mag hem veranderen.", "How you recognise this login. You may change it.";
        mail: "Uw e-mailadres", "Your e-mail address";
        mail_hint: "Hier sturen we berichten naartoe als er iets klaarstaat.", "We write to this address when something is ready.";
        busy: "Passkey maken…", "Making your passkey…";
        takes: "Duurt een halve minuut.", "Takes half a minute.";
        user_name_short: "Kies een gebruikersnaam van 3 tot 40 tekens: letters, cijfers, punt of streepje.",
            "Choose a user name of 3 to 40 characters: letters, digits, dot or hyphen.";
        mail_wrong: "Dit is geen e-mailadres. Controleer het op tikfouten.", "This is not an e-mail address. Check it for typing errors.";
        used_title: "Deze uitnodiging is al gebruikt", "This invitation was already used";
        expired_title: "Deze uitnodiging is verlopen", "This invitation has expired";
        voided_title: "Er is een nieuwere uitnodiging", "There is a newer invitation";
        unknown_title: "Deze link klopt niet", "This link is not right";
        unknown_body: "Open de link nog eens vanuit de mail, en kopieer hem helemaal. Kreeg u later een nieuwe mail? Gebruik dan die.",
            "Open the link from the mail once more, and copy all of it. Did you get a newer mail? Then use that one.";
        offline_title: "Voor de eerste keer heeft u internet nodig", "The first time you need internet";
        offline_body: "Maak verbinding en probeer het opnieuw. Daarna werkt de app ook zonder internet.",
            "Connect and try again. After that the app also works without internet.";
        offline_now: "De verbinding viel weg. Er is niets veranderd. Probeer het opnieuw.",
            "The connection was lost. Nothing has changed. Try again.";
        failed: "Dat lukte niet. Er is niets veranderd. Probeer het zo opnieuw.",
            "That did not work. Nothing has changed. Try again in a moment.";
        retry: "Probeer opnieuw", "Try again";
        to_login: "Log in", "Log in";
        withdrawn_title: "Deze link werkt niet meer", "This link no longer works";
        new_link: "Vraag een nieuwe link", "Ask for a new link";
        new_link_sent: "Er is een nieuwe link naar uw mailadres gestuurd.", "A new link was sent to your mail address.";
        new_link_by_phone: "Bel uw adviseur voor een nieuwe link.", "Phone your advisor for a new link.";
        code: "Code van uw adviseur", "Code from your advisor";
        code_hint: "Zes cijfers die uw adviseur u heeft verteld.", "Six digits that your advisor told you.";
        mail_code: "Code uit de mail", "Code from the mail";
        mail_code_hint: "Wij hebben een code naar dit nieuwe adres gemaild.", "We mailed a code to this new address.";
        mail_code_sent: "Vul de code in die wij hebben gemaild.", "Fill in the code that we mailed.";
        renews(name: &str): "Welkom terug, {name}", "Welcome back, {name}";
        renews_body: "U maakt een nieuwe passkey. Uw oude passkeys en apparaten werken daarna niet meer.",
            "You make a new passkey. Your old passkeys and devices stop working then.";
        join: "Ik heb al een passkey voor dit portaal", "I already have a passkey for this portal";
        wrong_person(name: &str): "Ik ben {name} niet", "I am not {name}";
        somebody_else_title: "Dank u voor het melden", "Thank you for telling us";
        somebody_else_body: "Deze link werkt niet meer en het kantoor weet ervan. U hoeft niets meer te doen.",
            "This link no longer works and the firm knows. There is nothing more to do.";
        needs_script: "Een passkey maken of gebruiken kan alleen met JavaScript. Zet JavaScript aan in uw browser en laad de pagina opnieuw.",
            "Making or using a passkey needs JavaScript. Switch it on in your browser and reload this page.";
        cancelled: "U heeft nog geen passkey gemaakt. Druk nog eens op de knop als u zover bent.",
            "You have not made a passkey yet. Press the button again when you are ready.";
        unsupported: "Deze browser kan geen passkeys gebruiken. Open de app in Safari, Chrome, Edge of Firefox, of op uw telefoon.",
            "This browser cannot use passkeys. Open the app in Safari, Chrome, Edge or Firefox, or on your phone.";
        passkey_failed: "De passkey werkte niet. Probeer het opnieuw, of gebruik een ander apparaat.",
            "The passkey did not work. Try again, or use another device.";
    }

    /// Texts for a window in which no passkey can be made.
    Elsewhere {
        inside: "U bent hier in uw mailprogramma. Ga verder in uw gewone browser: daar maakt u een passkey.",
            "You are inside your mail program. Carry on in your normal browser: there you make a passkey.";
        without: "Deze browser kan geen passkey maken. Ga verder in een nieuwere browser of op uw telefoon.",
            "This browser cannot make a passkey. Carry on in a newer browser or on your phone.";
        copy_it: "Kopieer de link met de knop hieronder.", "Copy the link with the button below.";
        safari: "Open Safari.", "Open Safari.";
        chrome: "Open Chrome, of de browser die u altijd gebruikt.", "Open Chrome, or the browser that you always use.";
        newer: "Open Safari, Chrome, Edge of Firefox, zo nieuw mogelijk.", "Open Safari, Chrome, Edge or Firefox, as new as you can.";
        paste_it: "Plak de link in de adresbalk en ga verder.", "Paste the link into the address bar and carry on.";
        unspent: "De link is nog niet gebruikt en blijft werken.", "The link has not been used and keeps working.";
        copy: "Kopieer de link", "Copy the link";
        copied: "De link is gekopieerd", "The link was copied";
        anyway: "Toch hier verdergaan", "Carry on here anyway";
    }

    /// The login.
    Login {
        title: "Welkom terug", "Welcome back";
        lead: "Log in met uw passkey.", "Log in with your passkey.";
        lead_at(firm: &str): "Log in bij {firm}.", "Log in to {firm}.";
        button: "Log in met passkey", "Log in with passkey";
        busy: "Inloggen…", "Logging in…";
        with: "Met uw gezicht, vingerafdruk of pincode", "With face, fingerprint or PIN";
        choose: "Of kies uw passkey uit een lijst", "Or choose your passkey from a list";
        choose_hint: "Tik in het veld. Typen hoeft niet.", "Tap the field. There is nothing to type.";
        cancelled: "U bent nog niet ingelogd. Druk nog eens op de knop als u zover bent.",
            "You are not logged in yet. Press the button again when you are ready.";
        first_time: "Nog geen passkey? Open de link in de mail van uw adviseur.", "No passkey yet? Open the link in your advisor’s mail.";
        help: "Lukt het niet? Bel uw adviseur. Die stuurt een nieuwe uitnodiging.",
            "Does it not work? Call your advisor, who sends a new invitation.";
        offline: "Om in te loggen heeft u internet nodig. Maak verbinding en probeer het opnieuw.",
            "To log in you need internet. Connect and try again.";
        offline_hint: "Na het inloggen werkt de app op dit apparaat ook zonder internet.",
            "Once you are logged in, the app also works without internet on this device.";
        waits: "Er wacht 1 wijziging op dit apparaat. Na het inloggen gaat die naar het kantoor.",
            "One change waits on this device. It goes to the firm once you are logged in.";
        waits_many: "Er wachten # wijzigingen op dit apparaat. Na het inloggen gaan die naar het kantoor.",
            "# changes wait on this device. They go to the firm once you are logged in.";
        is_open: "Op dit apparaat is Akkoord al in gebruik.", "Akkoord is in use on this device already.";
        open: "Open Akkoord", "Open Akkoord";
        new_link: "Stuur mij een nieuwe link", "Send me a new link";
        new_link_mail: "Uw e-mailadres", "Your e-mail address";
        new_link_hint: "Het adres waarop het kantoor u mailt.", "The address at which the firm writes to you.";
        new_link_send: "Stuur de link", "Send the link";
        new_link_sent: "Kennen wij dit adres en heeft u nog geen passkey, dan is er een nieuwe link onderweg.",
            "If we know this address and you have no passkey yet, a new link is on its way.";
        new_link_lost: "Had u al een passkey? Bel dan het kantoor. Dat stuurt u een link en vertelt u een code.",
            "Did you have a passkey? Then phone the firm. It sends you a link and tells you a code.";
    }
}
